import { mkdirSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createFileTokens } from '#backend/file-tokens.ts'
import { launchNode } from '#backend/launch-node.ts'
import { runProbes, type Probe, type ProbeResult } from '#backend/probe.ts'
import { backendProbes } from '#backend/self-test.ts'
import { serveWeb } from '../web/server.ts'
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

/** Every probe that makes sense without Electron. */
export const runHere = (): Promise<ProbeResult[]> =>
  runProbes([...backendProbes({ resourcesDir, launchChild: launchNode }), loopback])
