import type { HostView, UsageView } from '../app/usecases/usage-view.ts';
import { sayConsumer, sayHosts, staticGuess } from '../core/usage/say-usage.ts';
import type { Cell } from './columns.ts';

/** One place a line: what was found there, by whom or under which name, for which hosts, and where. */
export function usageRecords({ declared, used, named }: UsageView): readonly (readonly Cell[])[] {
  const record = (
    what: string,
    who: string,
    {
      file,
      line,
      hosts,
    }: { readonly file: string; readonly line: number; readonly hosts: readonly HostView[] },
  ): readonly Cell[] => [what, who, sayHosts(hosts) || '-', { text: `${file}:${line}`, yields: 'path' }];
  return [
    ...used.map((one) => record('used', sayConsumer(one.by), one)),
    ...declared.map((one) => record('declared', sayDeclared(one), one)),
    ...named.map((one) => record('named', '-', one)),
  ];
}

function sayDeclared({ name, owner, group, mode }: UsageView['declared'][number]): string {
  const whose = group === null ? owner : `${owner ?? ''}:${group}`;
  return [
    name,
    ...(whose === null ? [] : [`owner ${whose}`]),
    ...(mode === null ? [] : [`mode ${mode}`]),
  ].join(', ');
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
