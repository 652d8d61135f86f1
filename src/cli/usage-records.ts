import type { HostView, UsageView } from '../app/usecases/usage-view.ts';
import { sayConsumer, sayHosts, staticGuess } from '../core/usage/say-usage.ts';
import type { Cell } from './columns.ts';

interface FoundPlace {
  readonly file: string;
  readonly line: number;
  readonly hosts: readonly HostView[];
}

/** One place a line: what was found, by whom or under which name, for which hosts, where, and with which owner and mode. */
export function usageRecords({ declared, used, named }: UsageView): readonly (readonly Cell[])[] {
  const record = (what: string, who: string, { file, line, hosts }: FoundPlace): readonly Cell[] => [
    what,
    { text: who, yields: 'path' },
    sayHosts(hosts) || '-',
    { text: `${file}:${line}`, yields: 'path' },
  ];
  return [
    ...used.map((one) => record('used', sayConsumer(one.by), one)),
    ...declared.map((one) => [...record('declared', one.name, one), ...rights(one)]),
    ...named.map((one) => record('named', '-', one)),
  ];
}

/** `owner nginx:web, mode 0440`, as far as it is written out. */
function rights({ owner, group, mode }: UsageView['declared'][number]): readonly Cell[] {
  const whose = group === null ? owner : `${owner ?? ''}:${group}`;
  const said = [...(whose === null ? [] : [`owner ${whose}`]), ...(mode === null ? [] : [`mode ${mode}`])];
  return said.length === 0 ? [] : [said.join(', ')];
}

/** That it is a guess, and what speaks for more uses than were found. */
export function usageNotes(id: string, usage: UsageView): readonly string[] {
  const { declared, used, named, computed, isComplete } = usage;
  const isEmpty = declared.length + used.length + named.length === 0;
  const [first] = computed;
  return [
    isEmpty
      ? `${id}: no use found in the text of the Nix files`
      : `${id}: a ${staticGuess} from the text of the Nix files, which were not evaluated`,
    ...(first === undefined
      ? []
      : [`there may be more: ${first.file}:${first.line} declares or reads secrets by computed names`]),
    ...(isComplete ? [] : ['there may be more: not every Nix file could be read']),
  ];
}
