import { chooseEditor } from '../../app/editor/choose-editor.ts';
import { editorNotes, returnedEarly } from '../../app/editor/editor-notes.ts';
import { lendAsItIs } from '../../app/editor/lend-terminal.ts';
import { findScratchPlace } from '../../app/editor/scratch-place.ts';
import { scratchPlaces } from '../../app/editor/scratch-places.ts';
import { createPassphraseAsker } from '../../app/terminal/ask-passphrase.ts';
import { editInEditor } from '../../app/usecases/edit-in-editor.ts';
import { fail, type Outcome } from '../../core/outcome.ts';
import { resolveAddress } from '../../core/resolve-address.ts';
import { refuseForAgent } from '../agent-mode.ts';
import { askObstacle } from '../ask-obstacle.ts';
import { finalNewlineFor } from '../final-newline-for.ts';
import { hasOption } from '../invocation.ts';
import { mayAsk } from '../may-ask.ts';
import { openSessionFor } from '../open-session-for.ts';
import type { Report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import { writeFor } from '../write-for.ts';
import type { Command } from './command.ts';

export const edit: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const refused = refuseForAgent(invocation, io, 'edit');
  if (refused) return refused;
  const finalNewline = finalNewlineFor(invocation);
  if (!finalNewline.ok) return finalNewline;
  const editor = chooseEditor(io.env, io.cwd);
  if (!editor.ok) return editor;
  const place = findScratchPlace(scratchPlaces(io.env));
  if (!place.ok) return place;
  const { directory, swap } = place.value;
  if (swap !== null && hasOption(invocation, 'no-swap')) {
    return fail('refused', `memory may be written to ${swap}`, {
      where: directory,
      hint: 'mount it with noswap, or edit the secret in keyhole itself',
    });
  }
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const { session, here } = opened.value;
  try {
    const rules = requireRules(session.repository());
    if (!rules.ok) return rules;
    const address = resolveAddress(session.repository(), invocation.positionals[0] ?? '', here, true);
    if (!address.ok) return address;
    const { id, key } = address.value;
    if (key?.length === 0)
      return fail('usage', 'a list of keys is not edited', { hint: 'name one key after the #' });
    const asker = createPassphraseAsker(() => mayAsk(invocation, io));
    const notes = [...opened.value.notes, ...editorNotes(editor.value, place.value)];
    const edited = await editInEditor(
      session,
      {
        id,
        ...(key && { key }),
        editor: editor.value,
        place: directory,
        env: io.env,
        stdoutIsTerminal: io.stdout.isTerminal(),
        finalNewline: finalNewline.value,
        allowEmpty: hasOption(invocation, 'allow-empty'),
        anyFormat: hasOption(invocation, 'any-format'),
        breakHardLinks: hasOption(invocation, 'break-hardlinks'),
        ask: asker.ask,
        lendTerminal: lendAsItIs,
        decide: async (obstacle) => (mayAsk(invocation, io) ? askObstacle(obstacle) : null),
      },
      ({ plan, label, notes: more }) =>
        writeFor(invocation, io, session, {
          kind: 'write',
          plan,
          label,
          unchanged: id,
          notes: [...notes, ...more, ...(plan === null ? returnedEarly(editor.value) : [])],
        }),
    );
    return edited.ok ? edited : (asker.stopped() ?? edited);
  } finally {
    session.lock();
  }
};
