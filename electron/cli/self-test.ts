import os from 'node:os'
import type { ProbeResult } from '#backend/self-test.ts'
import packageFile from '../../package.json' with { type: 'json' }
import type { Command } from './command.ts'

const ELECTRON_ONLY: readonly Pick<ProbeResult, 'id' | 'title'>[] = [
  { id: 'fuses', title: { zh: 'Electron 熔断开关', en: 'Electron’s fuses' } },
  { id: 'sandbox', title: { zh: '界面进程沙箱', en: 'Sandbox of the page' } },
  { id: 'permissions', title: { zh: '权限请求均被拒绝', en: 'Permissions are denied' } },
  { id: 'app-protocol', title: { zh: 'app:// 协议', en: 'The app:// protocol' } },
  { id: 'canary-request', title: { zh: '对外请求被拦截', en: 'A canary request is cancelled' } },
  { id: 'utility-kill', title: { zh: '后台进程可强行结束', en: 'Utility processes can be killed' } },
]

export const selfTest: Command = {
  name: 'self-test',
  usage: '',
  does: { zh: '检查本机安装是否可用', en: 'checks the installation on this machine' },
  options: {},
  positionals: [0, 0],
  async run(_, _values, around) {
    const { runHere } = await import('./probes.ts') // with it comes the whole backend
    const ran = await runHere()
    const skipped = ELECTRON_ONLY.map((one): ProbeResult => ({
      ...one,
      outcome: 'not run here',
      detail: 'needs Electron',
      ms: 0,
    }))
    const probes = [...ran, ...skipped]
    const failed = ran.filter(({ outcome }) => outcome === 'failed')
    for (const { title, outcome, detail } of probes) {
      const mark = { passed: '✓', failed: '✗', 'not run here': '–' }[outcome]
      around.say({ zh: `${mark} ${title.zh}：${detail}`, en: `${mark} ${title.en}: ${detail}` })
    }
    const machine = {
      platform: process.platform,
      arch: process.arch,
      release: os.release(),
      memoryMb: Math.round(os.totalmem() / 2 ** 20),
    }
    const document = {
      schema: 'self-test/1',
      ok: failed.length === 0,
      version: packageFile.version,
      host: 'cli',
      machine,
      probes,
    }
    return { document, exitCode: failed.length === 0 ? 0 : 1 }
  },
}
