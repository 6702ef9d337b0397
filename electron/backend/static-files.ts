import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
}

export interface StaticFile {
  path: string
  type: string
  sizeBytes: number
}

/** Finds the file of a URL path as it came over the wire (still encoded), or undefined. */
export type StaticFiles = (rawPath: string) => StaticFile | undefined

/**
 * The screen's files, the same for `app://` and for the loopback host. Only what lay below `root` when this was called can be
 * served: a path is looked up in that list and never joined, so no spelling of `..` has anything to climb. Links and unknown
 * types are left out.
 */
export function staticFiles(root: string): StaticFiles {
  const base = path.resolve(root)
  const files = new Map<string, StaticFile>()
  for (const entry of readdirSync(base, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    const type = TYPES[path.extname(entry.name)]
    const relative = path.relative(base, file)
    if (!entry.isFile() || type === undefined || relative.startsWith('..') || path.isAbsolute(relative)) continue
    files.set(`/${relative.split(path.sep).join('/')}`, { path: file, type, sizeBytes: statSync(file).size })
  }
  return (rawPath) => {
    const decoded = decodeOnce(rawPath)
    return decoded === undefined ? undefined : files.get(decoded === '/' ? '/index.html' : decoded)
  }
}

function decodeOnce(rawPath: string): string | undefined {
  try {
    return decodeURIComponent(rawPath)
  } catch {
    return undefined // not a percent encoding, so not a name of ours
  }
}

/** Where a page may connect to beside its own files: the loopback host adds its socket. */
export function pageHeaders(connect: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    "worker-src 'self' blob:",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  }
}
