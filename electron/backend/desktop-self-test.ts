import type { Port } from '#core/contract/port.ts'
import { emitterPort, type EmitterPortLike } from '#core/contract/message-port.ts'
import { heapFlags, type ChildEntry } from './child.ts'
import { electronProbes, type ElectronPorts } from './electron-probes.ts'
import { linkBackend, type ProcessPort } from './link-main.ts'
import { runProbes, type Probe, type ProbeResult } from './probe.ts'
import { RESULTS_EVENT, selfTestReport, type SelfTestReport } from './self-test-report.ts'

export interface DesktopPorts<Transferable> extends Omit<ElectronPorts, 'fork'> {
  fork(entry: 'self-test-process' | ChildEntry, execArgv: string[]): ProcessPort<Transferable>
  channel(): { port1: Transferable; port2: Transferable }
  /** A folder of the self-test's own, emptied afterwards. */
  tempDir: string
  resourcesDir: string
}

/** The application's self-test: the backend's probes in a utility process, then those that only Electron can show. */
export async function desktopSelfTest<Transferable extends EmitterPortLike>(
  ports: DesktopPorts<Transferable>,
): Promise<SelfTestReport> {
  ports.loaded.catch(() => undefined) // the probe of the page tells it, once its turn has come
  const behind = await probesInUtility(ports)
  return selfTestReport('electron', [...behind, ...(await runProbes(electronProbes(ports)))])
}

async function probesInUtility<Transferable extends EmitterPortLike>(ports: DesktopPorts<Transferable>): Promise<ProbeResult[]> {
  const results: ProbeResult[] = []
  const inside: Probe = {
    id: 'backend-process',
    title: { zh: '后台进程可运行自检', en: 'The backend’s process runs its probes' },
    async check() {
      const link = linkBackend<Transferable>({
        backend: ports.fork('self-test-process', []),
        fork: (entry, memoryMb) => ports.fork(entry, heapFlags(memoryMb)),
        kill: (pid) => ports.kill(pid),
      })
      const failed = await link.start(ports.tempDir, ports.resourcesDir)
      if (failed !== null) throw new Error(failed.code)
      const { port1, port2 } = ports.channel()
      const answer = answerOf(emitterPort(port2))
      link.serve(0, port1)
      results.push(...(await answer))
      await link.stop()
      return `${results.length} probes`
    },
  }
  return [...(await runProbes([inside], ALL_WITHIN_MS)), ...results]
}

/** More than all of the backend's probes together take when each is slow but none hangs. */
const ALL_WITHIN_MS = 600_000

const answerOf = (port: Port): Promise<ProbeResult[]> =>
  new Promise((resolve, reject) => {
    port.onClose(() => reject(new Error('it ended before its probes did')))
    port.listen((message) => {
      if (message.t === 'event' && message.name === RESULTS_EVENT) resolve(message.value as ProbeResult[])
    })
  })
