import os from 'node:os'
import type { AppInfo } from '#core/contract/procedures.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import packageFile from '../../package.json' with { type: 'json' }
import type { ProbeResult } from './probe.ts'

/** What only a real Electron can show. The command line lists them as not run; `--self-test` of the application runs them. */
export const ELECTRON_PROBES = {
  page: bilingual('界面可在隐藏窗口中加载', 'The screen loads in a hidden window'),
  fuses: bilingual('Electron 熔断开关', 'Electron’s fuses'),
  sandbox: bilingual('界面进程沙箱', 'Sandbox of the page'),
  preload: bilingual('界面只得到三个函数', 'The page is given three functions and no more'),
  port: bilingual('界面与后台进程可对话', 'The page and the backend process talk'),
  permissions: bilingual('权限请求均被拒绝', 'Permissions are denied'),
  'app-protocol': bilingual('app:// 协议', 'The app:// protocol'),
  'canary-request': bilingual('对外请求被拦截', 'A canary request is cancelled'),
  'utility-kill': bilingual('后台进程可强行结束并重新启动', 'Utility processes can be killed and started again'),
} satisfies Record<string, Bilingual>

export type ElectronProbeId = keyof typeof ELECTRON_PROBES

/** How the utility process tells its results to the main process. */
export const RESULTS_EVENT = 'self-test.results'

export interface SelfTestReport {
  schema: 'self-test/1'
  ok: boolean
  version: string
  host: AppInfo['host']
  machine: { platform: string; arch: string; release: string; memoryMb: number }
  probes: ProbeResult[]
}

/** The report of a self-test, the same from every host. It names no user, no path of the catalogue and no plan. */
export const selfTestReport = (host: AppInfo['host'], probes: ProbeResult[]): SelfTestReport => ({
  schema: 'self-test/1',
  ok: probes.every(({ outcome }) => outcome !== 'failed'),
  version: packageFile.version,
  host,
  machine: {
    platform: process.platform,
    arch: process.arch,
    release: os.release(),
    memoryMb: Math.round(os.totalmem() / 2 ** 20),
  },
  probes,
})
