import { mkdirSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { createFileTokens } from '#backend/file-tokens.ts'
import { backendProbes, runProbes, type Probe, type ProbeResult } from '#backend/self-test.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { serveWeb } from '../web/server.ts'
import type { Command } from './command.ts'
import { resourcesDir } from './session.ts'

const status = (port: number, headers: http.OutgoingHttpHeaders): Promise<{ status: number; policy: string }> =>
  new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/', setHost: false, headers }, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, policy: String(response.headers['content-security-policy']) })
    })
    request.on('error', reject)
  })

/** The loopback host as strangers would meet it: a page of another name, a page of another site. */
const loopback: Probe = {
  id: 'loopback',
  title: { zh: '本机网页服务只回应自己的页面', en: 'The loopback host answers its own page only' },
  async check(temp) {
    const rendererDir = path.join(temp, 'renderer')
    mkdirSync(rendererDir)
    writeFileSync(path.join(rendererDir, 'index.html'), 'screen')
    const tokens = createFileTokens(path.join(temp, 'staging'))
    const backend = { tokens, serve: () => undefined, close: () => Promise.resolve() }
    const host = await serveWeb({ backend, rendererDir, port: 0, bug: () => undefined })
    try {
      const own = `127.0.0.1:${host.port}`
      const answers = [
        await status(host.port, { Host: own }),
        await status(host.port, { Host: `canary.example:${host.port}` }),
        await status(host.port, { Host: own, Origin: 'https://canary.example' }),
        await status(host.port, { Host: own, 'Sec-Fetch-Site': 'cross-site' }),
      ]
      const got = answers.map((answer) => answer.status).join(' ')
      if (got !== '200 421 403 403') throw new Error(`answered ${got}`)
      if (answers.some(({ policy }) => !policy.includes("default-src 'none'"))) throw new Error('an answer has no content policy')
      return 'strangers refused'
    } finally {
      await host.close()
    }
  },
}

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
    const ran = await runProbes([...backendProbes(resourcesDir), loopback])
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
