/** What agenix-rekey calls the files it makes for each host: a hash and the secret's name. */
const rekeyedName = /(^|\/)[0-9a-f]{32}-[^/]*\.age$/;

export const hasRekeyedFiles = (files: readonly string[]): boolean =>
  files.some((path) => rekeyedName.test(path));
