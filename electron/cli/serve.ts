import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import type { WebHostPlace } from '../web/main.ts'
import { integer, text, type Command } from './command.ts'
import { checkout } from './session.ts'

/** Where a reviewer's own catalogue lies when no folder is named. */
function homeCatalogue(): string {
  const windows = process.env['LOCALAPPDATA']
  const base =
    process.platform === 'win32' && windows !== undefined
      ? windows
      : (process.env['XDG_DATA_HOME'] ?? path.join(homedir(), '.local/share'))
  return path.join(base, 'greenprint', 'catalogue')
}

async function start(place: WebHostPlace) {
  const { startWebHost } = await import('../web/main.ts') // with it comes the whole backend
  try {
    return await startWebHost(place)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw new AppError('host.port-taken', { port: place.port }, { cause: error })
    throw error
  }
}

export const serve: Command = {
  name: 'serve',
  usage: '[--port N] [--catalogue DIR]',
  does: {
    zh: '在本机浏览器中使用绿图，输出一次性网址',
    en: 'serves the screen to this machine’s browser; prints the one-time address',
  },
  options: { port: { type: 'string' }, catalogue: { type: 'string' } },
  positionals: [0, 0],
  async run(_, values, around) {
    const port = integer(values, 'port', [0, 65_535]) ?? 0
    const rendererDir = path.join(checkout, 'out/renderer')
    if (!existsSync(path.join(rendererDir, 'index.html'))) throw new AppError('host.screen-missing', {})
    const host = await start({ catalogueDir: path.resolve(text(values, 'catalogue') ?? homeCatalogue()), port, rendererDir })
    around.say({ zh: `请在浏览器中打开（只能使用一次）：${host.url}`, en: `Open in your browser (works once): ${host.url}` })
    around.print({ url: host.url, port: host.port })
    await new Promise<void>((resolve) => {
      if (around.signal.aborted) resolve()
      around.signal.addEventListener('abort', resolve)
    })
    await host.close()
    return undefined
  },
}
