import { limits } from './limits.ts';
import { parseRegex, type RegexNode, RegexProblem } from './regex-syntax.ts';

/** One state of the automaton. `split` tries `first` before `second`. */
export type State =
  | { readonly type: 'set'; readonly members: Uint8Array; readonly next: number }
  | { type: 'split'; first: number; second: number }
  | { readonly type: 'save'; readonly slot: number; readonly next: number }
  | { readonly type: 'start' | 'end'; readonly next: number }
  | { readonly type: 'accept' };

export interface RegexProgram {
  readonly states: readonly State[];
  readonly start: number;
  readonly groups: number;
}

/** Builds the automaton from its end; `next` is the state that follows. */
export function compileRegex(text: string): RegexProgram {
  const { tree, groups } = parseRegex(text);
  const states: State[] = [{ type: 'accept' }];
  const add = (state: State): number => {
    if (states.length >= limits.regexStates) {
      throw new RegexProblem('limit', 'a regular expression is too large');
    }
    return states.push(state) - 1;
  };

  const build = (node: RegexNode, next: number): number => {
    switch (node.type) {
      case 'set':
        return add({ type: 'set', members: node.members, next });
      case 'start':
      case 'end':
        return add({ type: node.type, next });
      case 'group': {
        const close = add({ type: 'save', slot: node.index * 2 + 1, next });
        return add({ type: 'save', slot: node.index * 2, next: build(node.inner, close) });
      }
      case 'sequence':
        return node.parts.reduceRight((after, part) => build(part, after), next);
      case 'choice':
        return node.options
          .map((option) => build(option, next))
          .reduceRight((second, first) => add({ type: 'split', first, second }));
      case 'repeat':
        return repeat(node, next);
    }
  };

  const repeat = (node: Extract<RegexNode, { type: 'repeat' }>, next: number): number => {
    if (node.most > 1 && hasGroup(node.inner) && canBeEmpty(node.inner)) {
      // libstdc++ reports groups of empty rounds in a way of its own.
      throw new RegexProblem('unsupported', 'a repeated group that may be empty in a regular expression');
    }
    let at = next;
    if (node.most === Infinity) {
      const loop = { type: 'split' as const, first: next, second: next };
      at = add(loop);
      loop.first = build(node.inner, at);
    } else {
      for (let count = node.least; count < node.most; count++) {
        at = add({ type: 'split', first: build(node.inner, at), second: next });
      }
    }
    for (let count = 0; count < node.least; count++) at = build(node.inner, at);
    return at;
  };

  const start = build(tree, 0);
  return { states, start, groups };
}

const hasGroup = (node: RegexNode): boolean => {
  if (node.type === 'group') return true;
  if (node.type === 'repeat') return hasGroup(node.inner);
  if (node.type === 'sequence') return node.parts.some(hasGroup);
  return node.type === 'choice' && node.options.some(hasGroup);
};

const canBeEmpty = (node: RegexNode): boolean => {
  switch (node.type) {
    case 'set':
      return false;
    case 'group':
      return canBeEmpty(node.inner);
    case 'repeat':
      return node.least === 0 || canBeEmpty(node.inner);
    case 'sequence':
      return node.parts.every(canBeEmpty);
    case 'choice':
      return node.options.some(canBeEmpty);
    default:
      return true;
  }
};
