import {
  type Cast,
  type GroupName,
  groups,
  hostNames,
  type MemberName,
  personNames,
  retiredHost,
} from './cast.ts';
import { catalogue, type DemoSecret, type ReaderName } from './catalogue.ts';

/** Text of `secrets.nix`. Before the retirement it still knows the host that left, and nothing of later chapters. */
export function rulesText(cast: Cast, when: 'before-retirement' | 'now'): string {
  const retired: readonly MemberName[] = when === 'now' ? [] : [retiredHost];
  const secrets = catalogue.filter(
    (secret) => secret.readers.length > 0 && (when === 'now' || isEarly(secret)),
  );
  return [
    '# Who may read which secret. Change it, then re-encrypt what differs.',
    'let',
    '  # people',
    ...personNames.map((name) => binding(name, cast)),
    '',
    '  # hosts',
    ...[...hostNames, ...retired].map((name) => binding(name, cast)),
    '',
    ...Object.entries(groups).map(([name, members]) => `  ${name} = [ ${[...members].join(' ')} ];`),
    'in',
    '{',
    ...secrets.flatMap((secret, index) => [
      ...(chapterOf(secret) === chapterOf(secrets[index - 1])
        ? []
        : [...(index > 0 ? [''] : []), `  # ${chapterOf(secret)}`]),
      `  "secrets/${secret.name}".publicKeys = ${readersText(secret.readers)};`,
    ]),
    '}',
    '',
  ].join('\n');
}

const isGroup = (name: ReaderName): name is GroupName => Object.hasOwn(groups, name);

/** Every member behind a list of groups and members, once each, in order. */
export function membersOf(readers: readonly ReaderName[]): readonly MemberName[] {
  return [...new Set(readers.flatMap((name) => (isGroup(name) ? groups[name] : [name])))];
}

const binding = (name: MemberName, cast: Cast) => `  ${name} = "${cast.publicKeys[name]}";`;

const chapterOf = (secret: DemoSecret | undefined) => secret?.name.split('/')[0];

const isEarly = (secret: DemoSecret) => secret.chapter !== 'retire' && secret.chapter !== 'rotate';

/** `people ++ web ++ [ eridanus ]`, as a person would write it. */
function readersText(readers: readonly ReaderName[]): string {
  const named = readers.filter(isGroup);
  const single = readers.filter((name) => !isGroup(name));
  return [...named, ...(single.length > 0 ? [`[ ${single.join(' ')} ]`] : [])].join(' ++ ');
}
