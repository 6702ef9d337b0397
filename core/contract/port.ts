/** Either end of the conversation, whatever carries it: an in-memory pair, a MessagePort, a WebSocket. */
export interface Port {
  post(message: Message): void
  listen(receive: (message: Message) => void): void
  onClose(closed: () => void): void
  close(): void
}

export type Message =
  | { t: 'call'; id: number; name: string; input: unknown }
  | { t: 'result'; id: number; value: unknown }
  | { t: 'error'; id: number; code: string; params: Record<string, unknown> }
  | { t: 'progress'; id: number; progress: unknown }
  | { t: 'cancel'; id: number }
  | { t: 'event'; name: string; value: unknown }
