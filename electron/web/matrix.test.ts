import http from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, testHost, tokenOf } from './test-host.ts'

type Header = string | string[] | undefined

let web: Awaited<ReturnType<typeof testHost>>
let session: string
let hosts: [string, Header][]
let origins: [string, Header][]
beforeAll(async () => {
  web = await testHost()
  session = (await web.connect()).welcome.session
  const { port } = web.host
  const self = `127.0.0.1:${port}`
  hosts = [
    ['self', self],
    ['missing', undefined],
    ['localhost', `localhost:${port}`],
    ['other port', `127.0.0.1:${port + 1}`],
    ['no port', '127.0.0.1'],
    ['rebound name', `attacker.example:${port}`],
    ['trailing dot', `127.0.0.1.:${port}`],
    ['other loopback', `127.0.0.2:${port}`],
    ['IPv6', `[::1]:${port}`],
    ['decimal', `2130706433:${port}`],
    ['credentials', `user@${self}`],
    ['empty', ''],
  ]
  origins = [
    ['self', `http://${self}`],
    ['missing', undefined],
    ['null', 'null'],
    ['https', `https://${self}`],
    ['localhost', `http://localhost:${port}`],
    ['other port', `http://127.0.0.1:${port + 1}`],
    ['no port', 'http://127.0.0.1'],
    ['foreign', 'https://attacker.example'],
    ['prefix', `http://${self}.attacker.example`],
    ['trailing slash', `http://${self}/`],
    ['upper case', `HTTP://${self}`],
    ['empty', ''],
  ]
})
afterAll(() => web.close())

const VERBS = [
  ['GET', '/'],
  ['HEAD', '/assets/main-1a2b.js'],
  ['POST', '/upload'],
  ['PUT', '/upload'],
  ['DELETE', '/upload'],
  ['OPTIONS', '/upload'],
  ['POST', '/window'],
] as const

describe('Host × Origin × token × verb', () => {
  it('is allowed exactly where the written list says', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 16 })
    const tokens: [string, string | undefined][] = [
      ['session', `Bearer ${session}`],
      ['missing', undefined],
      ['wrong', `Bearer ${session.slice(0, -1)}_`],
      ['one-time', `Bearer ${tokenOf(web.host.invite())}`],
    ]
    const allowed: string[] = []
    let asked = 0
    const cases = hosts.flatMap((host) =>
      origins.flatMap((origin) => tokens.flatMap((token) => VERBS.map((verb) => ({ host, origin, token, verb })))),
    )
    const run = async ({ host, origin, token, verb: [method, path] }: (typeof cases)[number]) => {
      asked += 1
      const given = { Host: host[1], Origin: origin[1], Authorization: token[1], 'X-Greenprint-Path': `f${asked}.txt` }
      const headers = Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== undefined),
      ) as http.OutgoingHttpHeaders
      if (method === 'POST') headers['Content-Type'] = 'application/octet-stream'
      const { status } = await web.request({ agent, method, path, headers }, method === 'POST' ? 'x' : undefined)
      expect(status, 'no answer is a server error').toBeLessThan(500)
      if (status < 300) allowed.push(`${method} host=${host[0]} origin=${origin[0]} token=${token[0]}`)
    }
    for (let at = 0; at < cases.length; at += 16) await Promise.all(cases.slice(at, at + 16).map(run))
    agent.destroy()
    expect(asked).toBe(12 * 12 * 4 * 7)
    const anyToken = ['session', 'missing', 'wrong', 'one-time']
    const reading = ['GET', 'HEAD'].flatMap((verb) =>
      ['self', 'missing'].flatMap((origin) => anyToken.map((token) => `${verb} host=self origin=${origin} token=${token}`)),
    )
    expect(allowed.toSorted()).toEqual(
      [...reading, ...['/upload', '/window'].map(() => 'POST host=self origin=self token=session')].toSorted(),
    )
  }, 120_000)
})

describe('WebSocket upgrades: Host × Origin × path', () => {
  it('are accepted exactly where the written list says', async () => {
    const accepted: string[] = []
    let asked = 0
    for (const path of ['/rpc', '/', '/rpc/', '/upload']) {
      for (const [hostName, host] of hosts) {
        for (const [originName, origin] of origins) {
          const headers: http.OutgoingHttpHeaders = {
            Connection: 'Upgrade',
            Upgrade: 'websocket',
            'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
            'Sec-WebSocket-Version': '13',
          }
          if (host !== undefined) headers['Host'] = host
          if (origin !== undefined) headers['Origin'] = origin
          const { status } = await ask({ host: '127.0.0.1', port: web.host.port, path, headers })
          asked += 1
          if (status === 101) accepted.push(`${path} host=${hostName} origin=${originName}`)
        }
      }
    }
    expect(asked).toBe(576)
    expect(accepted).toEqual(['/rpc host=self origin=self'])
  }, 60_000)
})

describe('Sec-Fetch-Site, repeated headers and odd verbs', () => {
  const refusedHeaders: [string, string, string, http.OutgoingHttpHeaders, number][] = [
    ['a page of another site', 'GET', '/', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }, 403],
    ['a page of another port', 'GET', '/', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' }, 403],
    ['a script that says none', 'GET', '/', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'no-cors' }, 403],
    ['two sites', 'GET', '/', { 'Sec-Fetch-Site': ['same-origin', 'same-origin'] }, 403],
    ['nonsense', 'GET', '/', { 'Sec-Fetch-Site': 'same-origin, none' }, 403],
    ['navigation that writes', 'POST', '/upload', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' }, 403],
    ['a form', 'POST', '/upload', { 'Content-Type': 'multipart/form-data; boundary=x' }, 415],
    ['a simple request', 'POST', '/upload', { 'Content-Type': 'text/plain' }, 415],
    ['JSON', 'POST', '/upload', { 'Content-Type': 'application/json' }, 415],
    ['a type with a parameter', 'POST', '/upload', { 'Content-Type': 'application/octet-stream; x=1' }, 415],
    ['writing a page', 'POST', '/', { 'Content-Type': 'application/octet-stream' }, 405],
    ['another method', 'PATCH', '/upload', {}, 405],
    ['a second window by a link', 'GET', '/window', {}, 405],
    ['a second window by a form', 'POST', '/window', { 'Content-Type': 'text/plain' }, 415],
    ['the socket’s path without upgrade', 'GET', '/rpc', {}, 426],
    ['a download by HEAD', 'HEAD', `/download/${'0'.repeat(32)}`, {}, 405],
    ['an absolute target', 'GET', 'http://attacker.example/', {}, 404],
  ]
  it.each(refusedHeaders)('refuses %s', async (_, method, path, headers, status) => {
    const own = {
      Host: `127.0.0.1:${web.host.port}`,
      Origin: web.self,
      Authorization: `Bearer ${session}`,
      'X-Greenprint-Path': 'a',
    }
    expect((await web.request({ method, path, headers: { ...own, ...headers } })).status).toBe(status)
  })
  it.each([
    ['a typed address', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' }],
    ['its own page', { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors' }],
  ])('lets %s read', async (_, headers) => {
    expect((await web.request({ path: '/', headers: { Host: `127.0.0.1:${web.host.port}`, ...headers } })).status).toBe(200)
  })
  it('refuses two Host headers', async () => {
    const own = `127.0.0.1:${web.host.port}`
    const { status } = await web.request({ path: '/', headers: ['Host', own, 'Host', 'attacker.example'] })
    expect([400, 421]).toContain(status)
  })
})
