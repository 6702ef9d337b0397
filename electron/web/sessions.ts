import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const TOKEN_BYTES = 32
/** Reload tokens beyond this many forget the oldest: a browser that reloads for days does not fill memory. */
const MAX_WAITING = 32

const newToken = () => randomBytes(TOKEN_BYTES).toString('base64url')
const digest = (token: string) => createHash('sha256').update(token).digest()

/** A set of secrets that is asked in constant time and remembers only their hashes. */
function secretSet(limit: number) {
  const hashes: Buffer[] = []
  const find = (token: string) => {
    const wanted = digest(token)
    return hashes.reduce((found, hash, index) => (timingSafeEqual(hash, wanted) ? index : found), -1)
  }
  return {
    add(token: string) {
      hashes.push(digest(token))
      if (hashes.length > limit) hashes.shift()
    },
    has: (token: string) => find(token) !== -1,
    /** True once for each added token. */
    take(token: string) {
      const index = find(token)
      if (index !== -1) hashes.splice(index, 1)
      return index !== -1
    },
  }
}

export interface Sessions {
  /** A new one-time token, for the address that opens a screen. */
  invite(): string
  /** Trades a one-time token for a session and the token of the next reload; undefined when it is not known (any more). */
  open(token: string): { session: string; next: string } | undefined
  /** Whether an Authorization header names a session that is open now. */
  authorises(authorization: string | undefined): boolean
  close(session: string): void
}

/** The loopback host's secrets. There are no cookies: those are shared by every port of 127.0.0.1. */
export function createSessions(): Sessions {
  const invitations = secretSet(MAX_WAITING)
  const sessions = secretSet(Number.POSITIVE_INFINITY)
  const invite = () => {
    const token = newToken()
    invitations.add(token)
    return token
  }
  return {
    invite,
    open(token) {
      if (!invitations.take(token)) return undefined
      const session = newToken()
      sessions.add(session)
      return { session, next: invite() }
    },
    authorises: (authorization) =>
      authorization?.startsWith('Bearer ') === true && sessions.has(authorization.slice('Bearer '.length)),
    close: (session) => void sessions.take(session),
  }
}
