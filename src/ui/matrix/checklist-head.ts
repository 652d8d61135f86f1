import { shortKey } from '../../core/recipient-label.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { span } from '../styled-text.ts';
import type { MatrixView } from './matrix-view.ts';

/** Above a list: the state and the rule of the secret it is about, or what the reader is and by which keys. */
export function checklistHead({ repository }: Model, pen: Pen, view: MatrixView, width: number): string {
  const [secret, column] = [view.rows[view.row], view.columns[view.column]];
  const texts: readonly string[] =
    view.lens === 'secret' && secret
      ? [
          secret.state,
          ...(secret.rule
            ? [
                `rule ${secret.rule.at?.file ?? secret.rule.rulesFile}:${secret.rule.at?.line ?? ''}`.replace(
                  /:$/,
                  '',
                ),
              ]
            : ['no rule']),
        ]
      : column?.reader
        ? [
            column.group,
            ...column.reader.recipients.map((id) => shortKey(repository.recipients.get(id)?.id ?? id)),
          ]
        : [];
  return pen.line([span(` ${texts.map(pen.show).join('  ')}`, 'quiet')], width);
}
