import type { WrittenKey } from '../../core/audit/survey.ts';
import { parseRecipient } from '../../crypto/parse-recipient.ts';
import type { Expression } from '../nix/ast.ts';
import { decodeText } from '../nix/byte-string.ts';
import { tellingName } from '../nix/telling-name.ts';
import { literalText, visit } from '../nix/visit.ts';
import { placeOfNode } from './place-of-node.ts';

const keyLike = /^\s*(age1|ssh-(ed25519|rsa) )/;
/** Nobody writes down so many keys; a hostile file might. */
const mostKeys = 20_000;

/** The public keys that one Nix file writes down, with the names that they are bound to. */
export function keysIn(file: string, root: Expression): readonly WrittenKey[] {
  const keys: WrittenKey[] = [];
  for (const { node, path, isPart } of visit(root)) {
    if (isPart || node.type !== 'string' || keys.length >= mostKeys) continue;
    const raw = literalText(node);
    const text = raw !== null && keyLike.test(raw) ? decodeText(raw) : null;
    if (text === null || text.trim().includes('\n')) continue;
    const name = decodeText(tellingName(path) ?? '');
    const recipient = parseRecipient(text);
    // A rule is no reader: what is named after a file belongs to its list.
    const isReader = name !== null && name !== '' && !name.endsWith('.age');
    keys.push({ at: placeOfNode(file, node), recipient, name: isReader ? name : null });
  }
  return keys;
}
