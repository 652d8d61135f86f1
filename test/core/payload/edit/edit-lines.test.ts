import { describe, expect, it } from 'vitest';
import { add, edited, remove, rename, set } from './edited.ts';

const wireguard = [
  '[Interface]',
  'PrivateKey = aGk=',
  '; home',
  '[Peer]',
  'PublicKey=x',
  'AllowedIPs = 10.0.0.1',
  'AllowedIPs = 10.0.0.2',
  '',
  '[Peer]',
  'PublicKey = "y"',
  '',
].join('\n');

describe('one value of an INI file', () => {
  it.each([
    ['Interface.PrivateKey', 'bmV3Cg==', 'aGk=', 'bmV3Cg=='],
    ['Peer.0.AllowedIPs.1', '10.9.9.9/32', '10.0.0.2', '10.9.9.9/32'],
    ['Peer.1.PublicKey', 'z', '"y"', '"z"'],
    ['Peer.1.PublicKey', 'a"z', '"y"', "'a\"z'"],
    ['Peer.0.PublicKey', ' led ', 'PublicKey=x', 'PublicKey=" led "'],
    ['Peer.0.PublicKey', '"x"', 'PublicKey=x', 'PublicKey=\'"x"\''],
    ['Peer.0.PublicKey', '', 'PublicKey=x', 'PublicKey='],
  ])('%s becomes %j', async (key, value, before, after) => {
    expect(await edited(wireguard, set(key, value))).toBe(wireguard.replace(before, () => after));
  });

  it('is refused with its place when it would need two lines', async () => {
    expect(await edited(wireguard, set('Peer.1.PublicKey', 'a\nb'))).toBe(
      'unsupported: the format has no way to write this value at 10:13',
    );
  });
});

describe('keys of an INI file', () => {
  it('are added to their section, spelled like the one before', async () => {
    expect(await edited(wireguard, add('Peer.0.Endpoint', 'h:1'))).toBe(
      wireguard.replace('10.0.0.2\n', '10.0.0.2\nEndpoint = h:1\n'),
    );
    expect(await edited('[a]\n[b]\nx=1\n', add('a.y', '2'))).toBe('[a]\ny=2\n[b]\nx=1\n');
    expect(await edited('[b]\r\nx=1', add('b.y', '2'))).toBe('[b]\r\nx=1\r\ny=2');
  });

  it('are added with a section of their own when there is none', async () => {
    expect(await edited('[a]\nx = 1\n', add('b.y', '2'))).toBe('[a]\nx = 1\n\n[b]\ny = 2\n');
    expect(await edited('[a]\nx = 1', add('b.y', '2'))).toBe('[a]\nx = 1\n\n[b]\ny = 2');
  });

  it('are removed and renamed, numbers moving up', async () => {
    expect(await edited(wireguard, remove('Peer.0.AllowedIPs.0'))).toBe(
      wireguard.replace('AllowedIPs = 10.0.0.1\n', ''),
    );
    expect(await edited(wireguard, rename('Peer.0.PublicKey', 'Key'))).toBe(
      wireguard.replace('PublicKey=x', 'Key=x'),
    );
    expect(await edited(wireguard, remove('Peer.1.PublicKey'))).toBe(
      wireguard.replace('PublicKey = "y"\n', ''),
    );
  });

  it('are not added under a section that is there twice', async () => {
    expect(await edited(wireguard, add('Peer.x', '1'))).toBe('ambiguous: there are 2 sections [Peer]');
  });

  it.each(['#x', '[x', 'a=b', 'a\nb', ''])('are not called %j', async (name) => {
    expect(await edited(wireguard, rename('Interface.PrivateKey', name))).toMatch(
      /^usage: .*cannot be a name/s,
    );
  });
});

describe('key-value text', () => {
  const text = '# router\nuser: admin\npassword: abc #1\nrecovery code = "x y"\n';

  it.each([
    ['password', 'p: #2', 'abc #1', 'p: #2'],
    ['password', '"quoted"', 'abc #1', '\'"quoted"\''],
    ['"recovery code"', 'z', '"x y"', '"z"'],
    ['"recovery code"', 'a"z', '"x y"', "'a\"z'"],
  ])('%s becomes %j', async (key, value, before, after) => {
    expect(await edited(text, set(key, value))).toBe(text.replace(before, () => after));
  });

  it('gets, loses and renames keys', async () => {
    expect(await edited(text, add('pin', '1'))).toBe(`${text}pin = "1"\n`);
    expect(await edited('a: 1\nb:\n', add('pin', '1'))).toBe('a: 1\nb:\npin: 1\n');
    expect(await edited(text, remove('user'))).toBe(text.replace('user: admin\n', ''));
    expect(await edited(text, rename('user', 'login'))).toBe(text.replace('user', 'login'));
  });

  it('refuses a value that no quotes can hold', async () => {
    expect(await edited(text, set('user', ' "\' '))).toMatch(/^unsupported: .* at 2:7$/);
  });
});
