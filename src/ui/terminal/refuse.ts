type Environment = Readonly<Record<string, string | undefined>>;

/** Why this terminal cannot show a screen, with what to do instead; `null` when it can. */
export function refuseTerminal(
  env: Environment,
  stdin: { readonly isTTY?: boolean },
  stdout: { readonly isTTY?: boolean },
): string | null {
  if (!stdin.isTTY || !stdout.isTTY) {
    return 'keyhole: the screen needs a terminal on stdin and stdout; keyhole list and keyhole get work without one';
  }
  if (env['TERM'] === 'dumb' || !env['TERM']) {
    return 'keyhole: this terminal (TERM=dumb) cannot show a screen; keyhole list and keyhole get work here';
  }
  return null;
}
