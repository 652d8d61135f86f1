import { type Binding, type Context, contexts } from './binding.ts';
import { commitBindings } from './commit-bindings.ts';
import { editorBindings } from './editor-bindings.ts';
import { formBindings } from './form-bindings.ts';
import { matrixBindings } from './matrix-bindings.ts';
import { namingBindings } from './naming-bindings.ts';
import { severalBindings } from './several-bindings.ts';
import { stateBindings } from './state-bindings.ts';
import { typingBindings } from './typing-bindings.ts';

/**
 * The one table of keys. Dispatch, the bar at the bottom, help, the palette and the generated documentation are all
 * drawn from it, so they cannot disagree. Plain data without Ink: `scripts/docs` imports it too.
 */

const lists: readonly Context[] = ['browser', 'matrix', 'view'];
const filtered: readonly Context[] = ['browser', 'matrix'];
const scrolled: readonly Context[] = [...lists, 'question'];
const secret = { contexts: ['browser'] as readonly Context[], group: 'secret' } as const;
const table = [
  { command: 'down', keys: ['j', 'down'], contexts: scrolled, group: 'move', title: 'next line' },
  { command: 'up', keys: ['k', 'up'], contexts: scrolled, group: 'move', title: 'previous line' },
  { command: 'first', keys: ['g g', 'home'], contexts: scrolled, group: 'move', title: 'first line' },
  { command: 'last', keys: ['G', 'end'], contexts: scrolled, group: 'move', title: 'last line' },
  { command: 'half-down', keys: ['ctrl-d'], contexts: scrolled, group: 'move', title: 'half a page down' },
  { command: 'half-up', keys: ['ctrl-u'], contexts: scrolled, group: 'move', title: 'half a page up' },
  {
    command: 'page-down',
    keys: ['ctrl-f', 'pagedown'],
    contexts: scrolled,
    group: 'move',
    title: 'a page down',
  },
  { command: 'page-up', keys: ['ctrl-b', 'pageup'], contexts: scrolled, group: 'move', title: 'a page up' },
  {
    command: 'unfold',
    keys: ['l', 'right'],
    contexts: ['browser'],
    group: 'move',
    title: 'list the keys of a secret',
  },
  {
    command: 'fold',
    keys: ['h', 'left'],
    contexts: ['browser'],
    group: 'move',
    title: 'close the list of keys',
  },
  {
    command: 'next-pane',
    keys: ['tab'],
    contexts: ['browser'],
    group: 'move',
    title: 'next pane',
    bar: { word: 'pane', order: 11, detail: 5 },
  },
  {
    command: 'previous-pane',
    keys: ['shift-tab'],
    contexts: ['browser'],
    group: 'move',
    title: 'previous pane',
  },

  {
    command: 'search',
    keys: ['/'],
    contexts: filtered,
    group: 'search',
    title: 'search names and keys; state:drift and reader:web1 narrow',
    bar: { word: 'search', order: 2 },
  },
  { command: 'next-hit', keys: [']'], contexts: ['browser'], group: 'search', title: 'next hit' },
  { command: 'previous-hit', keys: ['['], contexts: ['browser'], group: 'search', title: 'previous hit' },

  {
    command: 'open',
    keys: ['enter'],
    contexts: ['browser'],
    group: 'secret',
    title: 'open: list the keys or go to the value',
    bar: { word: 'open', order: 1 },
  },
  {
    command: 'reveal',
    keys: ['x'],
    contexts: ['browser'],
    group: 'secret',
    title: 'reveal or mask the value',
    bar: { word: 'reveal', order: 3, detail: 1 },
  },
  {
    command: 'copy',
    keys: ['y'],
    contexts: ['browser'],
    group: 'secret',
    title: 'copy the value',
    bar: { word: 'copy', order: 4, detail: 2 },
  },
  {
    command: 'copy-path',
    keys: ['Y'],
    contexts: ['browser'],
    group: 'secret',
    title: 'copy the path',
    bar: { word: 'path', order: 9 },
  },

  {
    command: 'edit',
    keys: ['e'],
    contexts: ['browser'],
    group: 'secret',
    title: 'edit the value here',
    bar: { word: 'edit', order: 6, detail: 3 },
  },
  { ...secret, command: 'outside', keys: ['E'], title: 'edit the value in $VISUAL or $EDITOR, in memory' },
  {
    ...secret,
    command: 'new',
    keys: ['n'],
    title: 'make a secret, or a key beside the one selected',
    bar: { word: 'new', order: 6.5 },
  },
  ...severalBindings,
  {
    ...secret,
    contexts: filtered,
    command: 'undo',
    keys: ['u'],
    title: 'take the last write back, byte for byte',
  },
  {
    ...secret,
    contexts: filtered,
    command: 'redo',
    keys: ['ctrl-r'],
    title: 'write again what was taken back',
  },
  ...stateBindings,
  ...matrixBindings,

  {
    command: 'lock',
    keys: ['L'],
    contexts: lists,
    group: 'repository',
    title: 'lock: forget every value and every unlocked key',
    bar: { word: 'lock', order: 8 },
  },
  {
    command: 'reload',
    keys: ['R'],
    contexts: lists,
    group: 'repository',
    title: 'read the repository again',
  },
  {
    command: 'identities',
    keys: ['i'],
    contexts: lists,
    group: 'repository',
    title: 'which private keys were found',
  },
  {
    command: 'problems',
    keys: ['!'],
    contexts: lists,
    group: 'repository',
    title: 'what could not be read, and why',
  },

  {
    command: 'palette',
    keys: [':', 'ctrl-p'],
    contexts: lists,
    group: 'everywhere',
    title: 'run a command or go to a secret by name',
    bar: { word: 'commands', order: 7 },
  },
  { command: 'help', keys: ['?'], contexts: lists, group: 'everywhere', title: 'help on these keys' },
  {
    command: 'back',
    keys: ['esc'],
    contexts: lists,
    group: 'everywhere',
    title: 'one step back',
    bar: { word: 'back', order: 10, detail: 4, several: 5 },
  },
  { command: 'quit', keys: ['q'], contexts: lists, group: 'everywhere', title: 'close this view, or quit' },
  {
    command: 'exit',
    keys: ['ctrl-c'],
    contexts,
    group: 'everywhere',
    title: 'quit at once; asks only when something is not saved',
  },
  {
    command: 'suspend',
    keys: ['ctrl-z'],
    contexts: [...lists, 'typing', 'editor', 'naming', 'form'],
    group: 'everywhere',
    title: 'mask and go back to the shell; fg returns',
  },
  {
    command: 'redraw',
    keys: ['ctrl-l'],
    contexts,
    group: 'everywhere',
    title: 'draw everything again on an empty screen',
  },

  ...typingBindings,
  ...commitBindings,
  ...namingBindings,
  ...formBindings,
  ...editorBindings,
] as const satisfies readonly Binding[];

export type CommandId = (typeof table)[number]['command'];

export const bindings: readonly (Binding & { readonly command: CommandId })[] = table;
