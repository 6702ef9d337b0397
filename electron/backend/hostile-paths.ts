/** Spellings of "one folder up". */
const UPS = [
  '..',
  '%2e%2e',
  '%2E.',
  '.%2e',
  '%252e%252e',
  '..%00',
  '...',
  '..;',
  '%c0%ae%c0%ae',
  '%u002e%u002e',
  '\u2025',
  '．．',
  '. .',
  '..%20',
]
/** Spellings of the separator. */
const SEPARATORS = ['/', '%2f', '%2F', '%5c', '\\', '%252f', '//', '/./', '%2f%2f', '\u2215', '%c0%af']
const TARGETS = ['secret.json', 'etc/passwd']

const WHOLE = [
  '',
  '//',
  '/index.html/',
  '/index.html/.',
  '/index.html%00.js',
  '/index.html%00',
  '/%00',
  '/%',
  '/%zz',
  '/%e0%a4%a',
  '/INDEX.HTML',
  '/index.html::$DATA',
  '/index.html.',
  '/index.html%20',
  '/assets',
  '/assets/',
  '/assets/main-1a2b.js.map',
  '/.',
  '/./index.html',
  '/assets/../index.html',
  '/assets/..',
  '/etc/passwd',
  '/C:/Windows/win.ini',
  '/c%3a/windows/win.ini',
  '/file:///etc/passwd',
  '/\\\\server\\share\\x.js',
  '/%5c%5cserver%5cshare%5cx.js',
  '/~root/.ssh/id_rsa',
  '/CON',
  '/aux.js',
  '/__proto__',
  '/constructor',
  '/toString',
  'index.html',
  'http://127.0.0.1/index.html',
  '*',
]

/**
 * URL paths that name nothing of ours, however they are read: traversal in every spelling, encodings cut short, device names,
 * NULs, drive letters. Used by the tests of both hosts and by the self-test on the office's own machine.
 */
export const HOSTILE_PATHS: readonly string[] = [
  ...WHOLE,
  ...UPS.flatMap((up) =>
    SEPARATORS.flatMap((separator) => TARGETS.map((target) => `/${up}${separator}${target.replace('/', separator)}`)),
  ),
  ...UPS.map((up) => `/assets/${up}/${up}/secret.json`),
]
