/** What a file tells of a reader that no key of the repository fits: the type of its stanza, and its tag if it has one. */
export const stanzaName = ({ kind, tag }: { readonly kind: string; readonly tag: string | null }): string =>
  tag === null ? kind : `${kind} ${tag}`;
