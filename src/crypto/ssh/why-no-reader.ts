/** Why age cannot encrypt to a type of ssh key; `null` for those that it can. */
export function whyNoReader(type: string): string | null {
  if (type === 'ssh-ed25519' || type === 'ssh-rsa') return null;
  if (type.includes('-cert-')) return `${type} is a certificate: give the key that it is for`;
  if (type.startsWith('sk-'))
    return `${type} is on a security key, which signs and cannot decrypt: use age-plugin-yubikey or age-plugin-fido2-hmac`;
  if (type.startsWith('ecdsa-')) return `age cannot encrypt to ${type}, whose keys are for signing`;
  if (type === 'ssh-dss') return 'age cannot encrypt to ssh-dss, whose keys are for signing';
  return `age cannot encrypt to ${type}`;
}
