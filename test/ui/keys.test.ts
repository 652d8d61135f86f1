import { describe, expect, test } from 'vitest';
import { contexts, groups } from '../../src/ui/keys/binding.ts';
import { bindings } from '../../src/ui/keys/bindings.ts';
import { parseKeys } from '../../src/ui/keys/parse.ts';
import { continuationsOf, resolveKey } from '../../src/ui/keys/resolve-key.ts';

const names = (input: string, flags = {}): string[] => parseKeys(input, flags).map(({ name }) => name);

describe('input becomes keys', () => {
  test.each([
    ['one letter', 'j', {}, ['j']],
    ['letters that arrived together', 'jjj', {}, ['j', 'j', 'j']],
    ['a word and Enter', 'abc\r', {}, ['a', 'b', 'c', 'enter']],
    ['control bytes in between', 'j\u0004\u0015k', {}, ['j', 'ctrl-d', 'ctrl-u', 'k']],
    ['a tab and an erasure', 'a\t\u007f', {}, ['a', 'tab', 'backspace']],
    ['a control key as Ink names it', 'd', { ctrl: true }, ['ctrl-d']],
    ['an arrow', '', { upArrow: true }, ['up']],
    ['shift-tab', '', { tab: true, shift: true }, ['shift-tab']],
    ['a quick Esc and a letter', 'j', { meta: true }, ['alt-j']],
    ['an arrow with Ctrl', '', { leftArrow: true, ctrl: true }, ['ctrl-left']],
    ['an arrow with Shift', '', { rightArrow: true, shift: true }, ['shift-right']],
    ['an arrow with Ctrl and Shift', '', { rightArrow: true, ctrl: true, shift: true }, ['ctrl-shift-right']],
    ['Ctrl-Space as Ink names it', '`', { ctrl: true }, ['ctrl-space']],
    ['a function key, which Ink cannot name', '', {}, []],
    ['letters beyond one code unit', '𝒳é', {}, ['𝒳', 'é']],
    ['a C1 control', '\u009b', {}, []],
    ['a space', ' ', {}, ['space']],
  ])('%s', (_, input, flags, expected) => {
    expect(names(input, flags)).toEqual(expected);
  });

  test('what Ctrl and Alt are let go of for, where nothing is bound to them', () => {
    const instead = (input: string, flags: object) =>
      parseKeys(input, flags)[0]?.instead?.map(({ name }) => name);
    expect(instead('j', { meta: true })).toEqual(['esc', 'j']);
    expect(instead('', { leftArrow: true, ctrl: true })).toEqual(['left']);
    expect(instead('', { leftArrow: true, shift: true })).toEqual(['left']);
    expect(instead('', { leftArrow: true })).toBeUndefined();
  });

  test('only what types something has text', () => {
    expect(parseKeys('a \r', {}).map(({ text }) => text)).toEqual(['a', ' ', undefined]);
  });
});

describe('the table of keys', () => {
  test.each(contexts)('gives no key twice in %s', (context) => {
    const keys = bindings.filter((one) => one.contexts.includes(context)).flatMap((one) => one.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    // A key that starts a sequence does nothing by itself, else the sequence could never be typed.
    const prefixes = keys.flatMap((key) => (key.includes(' ') ? [key.split(' ')[0]] : []));
    expect(prefixes.filter((prefix) => keys.includes(prefix ?? ''))).toEqual([]);
  });

  test('describes every command, once, in a known group', () => {
    const commands = bindings.map(({ command }) => command);
    expect(new Set(commands).size).toBe(commands.length);
    for (const { title, group, keys } of bindings) {
      expect(title).toMatch(/^[a-z]/);
      expect(title).not.toMatch(/\.$/);
      expect(groups).toContain(group);
      expect(keys.length).toBeGreaterThan(0);
    }
  });

  test('no lower-case letter of the browser destroys anything: what is taken asks or can be undone', () => {
    const writing = ['e', 'd', 'r', 'u'].map((key) => resolveKey('browser', '', key));
    expect(writing.map((one) => one.kind === 'command' && one.command)).toEqual([
      'edit',
      'remove',
      'rename',
      'undo',
    ]);
    const reserved = ['p', 'a'];
    for (const key of reserved) expect(resolveKey('browser', '', key)).toEqual({ kind: 'none' });
  });

  test('g waits for the second key and says which', () => {
    expect(resolveKey('browser', '', 'g')).toEqual({ kind: 'prefix', prefix: 'g' });
    expect(resolveKey('browser', 'g', 'g')).toEqual({ kind: 'command', command: 'first' });
    expect(resolveKey('browser', 'g', 'z')).toEqual({ kind: 'none' });
    expect(continuationsOf('browser', 'g')).toEqual([{ key: 'g', title: 'first line' }]);
  });

  test('the way out works wherever keys go', () => {
    for (const context of contexts) {
      expect(resolveKey(context, '', 'ctrl-c')).toEqual({ kind: 'command', command: 'exit' });
    }
  });
});
