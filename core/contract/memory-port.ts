import type { Message, Port } from './port.ts'

/** Every host has it; the core's own library list does not name it. */
declare const structuredClone: <T>(value: T) => T

interface End {
  port: Port
  deliver(message: Message): void
  closed(): void
}

/**
 * Two ports joined in memory, for the command line and the tests. They keep the promises of a real port: messages are
 * structured-cloned when posted, arrive later and in order, wait until someone listens, and nothing arrives after a close.
 */
export function memoryPortPair(): [Port, Port] {
  let open = true
  const a = end(() => b)
  const b = end(() => a)
  return [a.port, b.port]

  function end(other: () => End): End {
    const waiting: Message[] = []
    const closers: (() => void)[] = []
    let receive: ((message: Message) => void) | undefined
    return {
      port: {
        post(message) {
          if (!open) return
          const copy = structuredClone(message)
          later(() => other().deliver(copy))
        },
        listen(listener) {
          receive = listener
          for (const message of waiting.splice(0)) later(() => deliver(message))
        },
        onClose(closed) {
          if (open) closers.push(closed)
          else later(closed)
        },
        close() {
          if (!open) return
          open = false
          later(() => {
            a.closed()
            b.closed()
          })
        },
      },
      deliver,
      closed: () => closers.splice(0).forEach((closed) => closed()),
    }

    function deliver(message: Message) {
      if (!open) return
      if (receive === undefined) waiting.push(message)
      else receive(message)
    }
  }
}

const later = (act: () => void) => void Promise.resolve().then(act)
