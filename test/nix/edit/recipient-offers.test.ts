import { describe, expect, it } from 'vitest';
import { recipientOffers } from '../../../src/store/nix/edit/recipient-offers.ts';
import { alice, bob, inputOf, web1, web2 } from './rules-bench.ts';

const offersOf = (rules: string, others: Readonly<Record<string, string>> = {}): readonly string[] => {
  const offers = recipientOffers(inputOf(rules, others), 'new.age');
  if (!offers.ok) throw new Error(offers.error.says);
  return offers.value.map(({ text, kind, keys, uses }) => `${text} ${kind} ${keys.length} ×${uses}`);
};

describe('the recipients that a new entry is offered', () => {
  it('are what is in scope and is keys, the most used first', () => {
    const rules = `let
  alice = "${alice}";
  bob = "${bob}";
  domain = "example.org";
  hosts = { web1 = "${web1}"; "web 2" = { key = "${web2}"; port = 22; }; };
  users = [ alice bob ];
  none = [ ];
  f = x: [ x ];
  broken = throw "no";
in
{
  "a.age".publicKeys = users ++ [ hosts.web1 ];
  "b.age".publicKeys = users;
  "c.age" = { publicKeys = [ alice ]; armor = true; };
}
`;
    expect(offersOf(rules)).toEqual([
      'users group 2 ×2',
      'alice key 1 ×1',
      'hosts.web1 key 1 ×1',
      'bob key 1 ×0',
      'hosts."web 2".key key 1 ×0',
    ]);
  });

  it('come from imports, inherits and withs, which a let goes before', () => {
    const keys = `{ users.alice = "${alice}"; hosts.web1 = "${web1}"; all = [ "${alice}" "${web1}" ]; }`;
    const rules = `let
  keys = import ./keys.nix;
  inherit (keys) all;
  web1 = "${web2}";
in
with keys.hosts;
{ "a.age".publicKeys = all ++ [ web1 ]; }
`;
    expect(offersOf(rules, { 'keys.nix': keys })).toEqual([
      'all group 2 ×1',
      'web1 key 1 ×1',
      'keys.all group 2 ×0',
      'keys.hosts.web1 key 1 ×0',
      'keys.users.alice key 1 ×0',
    ]);
  });

  it('are none where rules are made by a function, and none of a library', () => {
    expect(offersOf(`builtins.listToAttrs [ { name = "a.age"; value.publicKeys = [ "${bob}" ]; } ]`)).toEqual(
      [],
    );
    const lib = `let lib = (import <nixpkgs> { }).lib; k = "${bob}"; in { "a.age".publicKeys = [ k ]; }`;
    expect(offersOf(lib)).toEqual(['k key 1 ×1']);
  });

  it('are there for rules that have no entry yet', () => {
    expect(offersOf(`let me = "${alice}"; in { }`)).toEqual(['me key 1 ×0']);
  });
});
