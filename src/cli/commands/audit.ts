import type { RotationQueue } from '../../app/usecases/rotation-queue.ts';
import { counted } from '../../core/counted.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import { dayOf } from '../../core/past-key.ts';
import type { RotationEntry } from '../../core/rotation.ts';
import { checkFor } from '../check-for.ts';
import { findingsReport } from '../findings-report.ts';
import { valuesOf } from '../invocation.ts';
import type { Report } from '../report.ts';
import type { Output } from '../schema/output.ts';
import type { Command } from './command.ts';

export const audit: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const compare = valuesOf(invocation, 'identity').length > 0;
  const done = await checkFor(invocation, io, { history: true, rotation: compare ? 'compare' : 'yes' });
  if (!done.ok) return done;
  const { checked, notes } = done.value;
  const json = { rotation: checked.rotation && publicQueue(checked.rotation) } satisfies Pick<
    Output<'audit'>,
    'rotation'
  >;
  const told = [...notes, ...(checked.rotation === null ? [] : queueLines(checked.rotation))];
  return ok(findingsReport(checked, invocation, io.version, { json, notes: told }));
};

type PublicQueue = NonNullable<Output<'audit'>['rotation']>;

const publicQueue = (queue: RotationQueue): PublicQueue => ({
  readers: queue.entries.map(publicEntry),
  changed: queue.changed,
  anonymous: queue.anonymous,
  complete: queue.isComplete && !queue.isShallow,
});

const publicEntry = ({
  kind,
  tag,
  name,
  key,
  past,
  items,
}: RotationEntry): PublicQueue['readers'][number] => ({
  ...{ kind, tag, name, key },
  past: past && { file: past.file, commit: past.commit, date: dayOf(past), did: past.did },
  secrets: items.map(({ secret, versions, later, fate }) => ({
    id: secret,
    value: fate === 'changed' ? 'unknown' : fate,
    versions: versions.map((version) => ({
      commit: version.commit,
      date: dayOf(version),
      path: version.path,
    })),
    later,
  })),
});

function queueLines({
  entries,
  changed,
  anonymous,
  isComplete,
  isShallow,
}: RotationQueue): readonly string[] {
  const secrets = new Set(entries.flatMap(({ items }) => items.map(({ secret }) => secret)));
  return [
    ...entries.map(
      ({ kind, tag, name, items }) =>
        `${name ?? `${kind} ${tag}`} knows values of ${counted(items.length, 'secret')}`,
    ),
    ...(secrets.size > 0
      ? [`${counted(secrets.size, 'secret')} to rotate, as far as the history tells`]
      : []),
    ...(changed > 0
      ? [`${counted(changed, 'value')} proved to be changed since a reader was taken away`]
      : []),
    ...(anonymous > 0
      ? [
          `${counted(anonymous, 'secret')} had age X25519 readers, whom no file tells apart: who they were is not known`,
        ]
      : []),
    ...(isShallow ? ['this clone is shallow: versions before it are not known'] : []),
    ...(isComplete ? [] : ['there are more or larger versions than are read']),
  ];
}
