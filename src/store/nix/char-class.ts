const tableOf = (characters: string): Uint8Array => {
  const table = new Uint8Array(256);
  for (let at = 0; at < characters.length; at++) table[characters.charCodeAt(at)] = 1;
  return table;
};

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';

const identifierStart = tableOf(`${letters}_`);
const identifierPart = tableOf(`${letters}${digits}_'-`);
const pathPart = tableOf(`${letters}${digits}._-+`);
const schemePart = tableOf(`${letters}${digits}+-.`);
const uriPart = tableOf(`${letters}${digits}%/?:@&=+$,-_.!~*'`);

/** Classes of the Nix lexer (lexer.l: ID, PATH_CHAR, URI). NaN, the code past the end, is in none of them. */
export const isIdentifierStart = (code: number): boolean => identifierStart[code] === 1;
export const isIdentifierPart = (code: number): boolean => identifierPart[code] === 1;
export const isPathPart = (code: number): boolean => pathPart[code] === 1;
export const isSchemePart = (code: number): boolean => schemePart[code] === 1;
export const isUriPart = (code: number): boolean => uriPart[code] === 1;
export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;
