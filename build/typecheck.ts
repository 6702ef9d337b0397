import { spawnSync } from 'node:child_process'

/** One `tsc -p` per room: what a room's tsconfig does not offer (fs, document, electron) does not compile there. */
const ROOMS = ['core', 'db', 'electron', 'electron/shell', 'renderer', 'build', 'e2e']

const failed = ROOMS.filter(
  (room) => spawnSync('tsc', ['-p', room], { stdio: 'inherit', shell: process.platform === 'win32' }).status !== 0,
)
if (failed.length > 0) {
  console.error(`typecheck failed in: ${failed.join(', ')}`)
  process.exit(1)
}
