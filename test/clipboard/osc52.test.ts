import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashContent, isSameContent } from '../../src/app/clipboard/content-hash.ts';
import { osc52, osc52Limit, wrapForScreen } from '../../src/app/clipboard/osc52.ts';

it('carries base64 and nothing else, whatever the value holds', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const payload = /^\u001b\]52;c;([A-Za-z0-9+/]*=*)\u0007$/.exec(osc52(bytes))?.[1];
      expect(Buffer.from(payload ?? '?', 'base64')).toEqual(Buffer.from(bytes));
    }),
  );
});

it('stays within what terminals take for one sequence', () => {
  expect(osc52(new Uint8Array(osc52Limit)).length).toBeLessThanOrEqual(100_000);
});

it('is cut for screen into strings it takes, which together are the sequence', () => {
  const sequence = osc52(new Uint8Array(5000));
  const strings = wrapForScreen(sequence).split('\u001b\\').slice(0, -1);
  for (const string of strings) expect(string.length).toBeLessThan(256);
  expect(strings.map((string) => string.replace(/^\u001bP/, '')).join('')).toBe(sequence);
});

it('recognises a value by its salted hash, through changed line ends, and nothing else', () => {
  const content = hashContent('one\ntwo\n');
  expect(isSameContent('one\r\ntwo', content)).toBe(true);
  expect(isSameContent('one\ntwo\n\n', content)).toBe(false);
  expect(isSameContent('', content)).toBe(false);
  expect(hashContent('one\ntwo\n').hash).not.toBe(content.hash);
});
