/**
 * Whether an attribute is meant as a rule: rules files may hold other data, and only names like those of secrets make
 * what is wrong with an attribute a broken rule.
 */
export const isRuleName = (name: string): boolean => name.includes('.') || name.includes('/');

/** What is wrong with a rule that is a set of something else. */
export const noPublicKeys = 'it has no publicKeys';
