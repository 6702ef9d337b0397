import { asP12, newSigningKey, type KeyKind } from './sign/fixture-keys.ts'

/** A key file for tests of hosts: a P12 made now, the root that vouches for it, and what must never be seen of it. */
export function newKeyFile(passphrase: string, kind: KeyKind = 'RSA 2048', more: { from?: Date; to?: Date } = {}) {
  const key = newSigningKey(kind, more)
  const pkcs8 = key.key.export({ type: 'pkcs8', format: 'der' })
  const middle = pkcs8.subarray(99, 141)
  return {
    p12: asP12(key, passphrase),
    rootPem: key.root.toString(),
    secrets: [
      ...[passphrase, JSON.stringify(passphrase).slice(1, -1), key.key.export({ format: 'jwk' }).d ?? ''].map((text) =>
        Buffer.from(text),
      ),
      Buffer.from(passphrase, 'utf16le'),
      middle,
      Buffer.from(middle.toString('base64')),
      Buffer.from(middle.toString('hex')),
    ],
  }
}
