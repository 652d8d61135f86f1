import { chooseEditor, type Editor } from '../../app/editor/choose-editor.ts';
import { editorNotes, returnedEarly } from '../../app/editor/editor-notes.ts';
import type { LendTerminal } from '../../app/editor/lend-terminal.ts';
import { findScratchPlace, type ScratchPlace } from '../../app/editor/scratch-place.ts';
import { scratchPlaces } from '../../app/editor/scratch-places.ts';
import { valueFileName } from '../../app/editor/value-file-name.ts';
import type { Session } from '../../app/session.ts';
import { agreementTo, applyAgreed } from '../../app/usecases/apply-agreed.ts';
import { editInEditor } from '../../app/usecases/edit-in-editor.ts';
import type { PreparedSet } from '../../app/usecases/prepare-set.ts';
import { reworkInEditor } from '../../app/usecases/rework-in-editor.ts';
import type { SavedEdit } from '../../app/usecases/save-edit.ts';
import type { Choice } from '../../app/usecases/text-obstacle.ts';
import { viewOfPlan } from '../../app/usecases/view-of-plan.ts';
import { type AppError, fail, type Outcome, ok } from '../../core/outcome.ts';
import type { AskPassphrase } from '../../crypto/keyring.ts';
import type { Draft } from '../editor/draft.ts';
import { editableBytes } from '../editor/editable-bytes.ts';
import { keyFor } from '../keys/resolve-key.ts';
import type { Effect } from './effect.ts';
import type { Message } from './message.ts';
import type { OutsideDoubt } from './outside-state.ts';

export interface OutsidePorts {
  readonly session: Session;
  readonly draft: Draft;
  readonly ask: AskPassphrase;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly lendTerminal: LendTerminal;
  /** Asks a person, and waits. */
  readonly doubt: (request: number, doubt: OutsideDoubt) => Promise<Choice>;
  readonly post: (message: Message) => void;
}

type Edit = Extract<Effect, { readonly type: 'edit-outside' }>;
type Rework = Extract<Effect, { readonly type: 'rework-outside' }>;

interface Workplace {
  readonly editor: Editor;
  readonly place: ScratchPlace;
}

/** Gives a value to the user's editor and writes what comes back; everything in between is asked on the screen. */
export async function editOutside(ports: OutsidePorts, effect: Edit): Promise<void> {
  const { session, post, lendTerminal, doubt } = ports;
  const { request, id, key } = effect;
  const wrote = (outcome: Outcome<SavedEdit>, notes: readonly string[] = []): void =>
    post({
      type: 'wrote',
      request,
      what: 'outside',
      label: id,
      ids: [id],
      outcome,
      repository: session.repository(),
      notes,
    });
  const chosen = workplace(ports.env);
  if (!chosen.ok) return wrote(chosen);
  const { editor, place } = chosen.value;
  let isKeyed = false;
  const tellKeys = async (isOpened: boolean): Promise<void> => {
    if (isKeyed) return;
    isKeyed = true;
    post({ type: 'keyed', request, isOpened, identities: await session.identities() });
  };
  let decided: Choice | null = null;
  const write = async ({ plan, label }: PreparedSet): Promise<Outcome<SavedEdit>> => {
    if (plan === null) return ok({ did: 'unchanged' });
    const view = viewOfPlan(session.repository(), plan);
    if (plan.warnings.length > 0) {
      const choice = await doubt(request, { kind: 'plan', plan: view });
      if (choice !== 'write') {
        const writer = await session.writer();
        for (const step of plan.steps) if (step.do === 'encrypt') writer.drop(step.value);
        decided = choice;
        return fail('stopped', 'nothing was written', { where: id });
      }
    }
    return applyAgreed(session, plan, agreementTo(view), { kind: 'write', label });
  };
  const edited = await editInEditor(
    session,
    {
      id,
      ...(key && { key }),
      editor,
      place: place.directory,
      env: ports.env,
      stdoutIsTerminal: true,
      finalNewline: undefined,
      allowEmpty: false,
      anyFormat: false,
      // Detaching it from its other names is a warning of the plan, which is asked about.
      breakHardLinks: true,
      ask: ports.ask,
      async lendTerminal(use) {
        await tellKeys(true);
        return lendTerminal(use);
      },
      async decide(obstacle) {
        // A plan that nobody wanted was decided about with the plan.
        const choice = decided ?? (await doubt(request, { kind: 'obstacle', obstacle }));
        decided = null;
        return choice;
      },
    },
    write,
  );
  if (!edited.ok && edited.error.code !== 'stopped') await tellKeys(false);
  const isUnchanged = edited.ok && edited.value.did === 'unchanged';
  return wrote(edited, isUnchanged ? returnedEarly(editor) : editorNotes(editor, place));
}

/** Gives the text being edited to the user's editor, and puts what comes back in its place. */
export async function reworkOutside(ports: OutsidePorts, { request, kind, page }: Rework): Promise<void> {
  const { draft, env, lendTerminal, doubt, post } = ports;
  const answer = (outcome: Parameters<typeof reworked>[1], notes: readonly string[] = []): void =>
    post(reworked(request, outcome, notes));
  const chosen = workplace(env);
  if (!chosen.ok) return answer(chosen);
  const { editor, place } = chosen.value;
  const text = await reworkInEditor({
    text: draft.take(),
    name: valueFileName(kind),
    editor,
    place: place.directory,
    env,
    limit: editableBytes,
    lendTerminal,
    decide: (obstacle) => doubt(request, { kind: 'obstacle', obstacle }),
  });
  if (!text.ok) return answer(text);
  const status = draft.isOpen() ? ok(draft.replace(text.value, page)) : fail('stopped', 'the edit was left');
  text.value.fill(0);
  return answer(status, editorNotes(editor, place));
}

const reworked = (
  request: number,
  outcome: Extract<Message, { readonly type: 'reworked' }>['outcome'],
  notes: readonly string[],
): Message => ({ type: 'reworked', request, outcome, notes });

function workplace(env: OutsidePorts['env']): Outcome<Workplace> {
  const editor = chooseEditor(env, process.cwd());
  if (!editor.ok) return { ok: false, error: withInstead(editor.error) };
  const place = findScratchPlace(scratchPlaces(env));
  return place.ok ? ok({ editor: editor.value, place: place.value }) : place;
}

/** Without an editor of one's own there is still the one here. */
const withInstead = (error: AppError): AppError => ({
  ...error,
  hint: [error.hint, `${keyFor('edit')} edits it here`].filter(Boolean).join('; '),
});
