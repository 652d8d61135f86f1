/** Progress is told this often, in milliseconds. */
const often = 200;

/** The same, but for what follows too soon on what was told. The end is always told. */
export function nowAndThen(tell: (done: number, total: number) => void): typeof tell {
  let told = 0;
  return (done, total) => {
    if (done < total && Date.now() - told < often) return;
    told = Date.now();
    tell(done, total);
  };
}
