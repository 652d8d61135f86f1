import { expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/parse-command-line.ts';
import { wantsNoColour } from '../../src/cli/wants-no-colour.ts';

const wants = (words: string[], env: Record<string, string>): boolean => {
  const parsed = parseCommandLine(words, () => true);
  if (!parsed.ok) throw new Error(parsed.error.says);
  return wantsNoColour(parsed.value, { env });
};

test('NO_COLOR counts when it is not empty, and so does the option', () => {
  expect(wants([], {})).toBe(false);
  expect(wants([], { NO_COLOR: '' })).toBe(false);
  expect(wants([], { NO_COLOR: '1' })).toBe(true);
  expect(wants(['--no-color'], {})).toBe(true);
});
