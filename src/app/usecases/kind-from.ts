import type { KindEvidence, Reader } from '../../core/repository.ts';

/** Where it is written that a reader is a host, when that is not in the rules. */
export interface KindFromView {
  readonly source: KindEvidence['source'];
  readonly file: string;
  readonly line: number;
}

export const viewOfKindFrom = (reader: Pick<Reader, 'kindFrom'> | undefined): KindFromView | null =>
  reader?.kindFrom ? { source: reader.kindFrom.source, ...reader.kindFrom.at } : null;
