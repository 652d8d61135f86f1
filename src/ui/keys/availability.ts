import { show } from '../../core/safe-text.ts';
import type { Model } from '../state/model.ts';
import { layoutOf, readableOf, selectedSecret } from '../state/select.ts';
import type { CommandId } from './bindings.ts';

/** Why a command cannot run now, or `null` when it can. Disabled commands stay in sight with this reason. */
export function disabledReason(model: Model, command: CommandId): string | null {
  switch (command) {
    case 'open':
    case 'unfold':
    case 'reveal':
    case 'copy':
      return whyNotOpened(model);
    case 'copy-path':
      return selectedSecret(model) ? null : 'nothing is selected';
    case 'next-hit':
    case 'previous-hit':
      return model.filter.query === '' ? 'no search is active' : null;
    case 'fold':
      return model.isUnfolded || model.pane !== 'list' ? null : 'nothing is unfolded';
    case 'next-pane':
    case 'previous-pane':
      return layoutOf(model).kind === 'too-small' ? 'the window is too small' : null;
    case 'problems':
      return model.repository.problems.length > 0 ? null : 'everything could be read';
    case 'reload':
      return model.waiting.reload === undefined ? null : 'already reading';
    default:
      return null;
  }
}

function whyNotOpened(model: Model): string | null {
  const secret = selectedSecret(model);
  if (!secret) return 'nothing is selected';
  if (secret.state === 'missing') return 'the file does not exist';
  if (secret.state === 'damaged')
    return `the file is damaged: ${show(secret.problem?.says ?? 'no reason known')}`;
  if (readableOf(model, secret.id) === 'no') return 'no key found here opens it';
  return null;
}
