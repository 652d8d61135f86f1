import path from 'node:path';
import { createDemo, type Demo } from '../../app/demo/create-demo.ts';
import { createTemporaryDemo } from '../../app/demo/temporary-demo.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import { shellWord } from '../../core/shell-word.ts';
import type { CliIo } from '../cli-io.ts';
import { hasOption, type Invocation } from '../invocation.ts';
import { refuseUi } from '../open-ui-for.ts';
import { type Report, report } from '../report.ts';
import { sessionOptions } from '../session-options.ts';
import { wantsNoColour } from '../wants-no-colour.ts';
import type { Command } from './command.ts';

export const demo: Command = async (invocation, io): Promise<Outcome<Report | number>> => {
  const opens = !hasOption(invocation, 'json') && refuseUi(invocation, io) === null;
  const directory = invocation.positionals[0];
  if (directory !== undefined) {
    const made = await createDemo(path.resolve(io.cwd, directory));
    if (!made.ok) return made;
    if (!opens) return ok(whereItIs(made.value));
    const closed = await openDemo(made.value, invocation, io);
    return closed.ok && closed.value === 0 ? ok(whereItIs(made.value)) : closed;
  }
  const made = await createTemporaryDemo();
  if (!made.ok) return made;
  // Without a UI to close, it stays for whoever reads where it is.
  if (!opens) return ok(whereItIs(made.value));
  process.once('exit', made.value.remove);
  // What is thrown away leaves nothing in the user's own directories either.
  return openDemo(made.value, invocation, io, path.dirname(made.value.identityFile));
};

function openDemo(
  made: Demo,
  invocation: Invocation,
  io: CliIo,
  stateDirectory?: string,
): Promise<Outcome<number>> {
  return io.openUi({
    session: {
      ...sessionOptions(invocation, io, made.repository),
      rulesFiles: [],
      identityFiles: [made.identityFile],
      defaultIdentities: false,
      ...(stateDirectory && { stateDirectory }),
    },
    ascii: hasOption(invocation, 'ascii'),
    noColor: wantsNoColour(invocation, io),
  });
}

const whereItIs = ({ repository, identityFile }: Demo): Report =>
  report({
    json: { repository, identity: identityFile },
    records: [
      ['repository', repository],
      ['identity', identityFile],
    ],
    notes: [`try: keyhole -C ${shellWord(repository)} -i ${shellWord(identityFile)} list`],
  });
