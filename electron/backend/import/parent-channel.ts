/** The parent's end of the conversation, whichever host started this process. */
export interface ParentChannel {
  post(message: unknown): void
  onMessage(receive: (message: unknown) => void): void
}

/** The part of Electron's `process.parentPort` that is used here; its own typings belong to the shell. */
interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  start?(): void
}

/** Talks over Electron's utility-process port, or over the channel of a forked Node process. */
export function parentChannel(): ParentChannel {
  const utility = (process as { parentPort?: UtilityPort }).parentPort
  if (utility)
    return {
      post: (message) => utility.postMessage(message),
      onMessage(receive) {
        utility.on('message', ({ data }) => receive(data))
        utility.start?.()
      },
    }
  if (!process.send) throw new Error('the import process runs only as a child of Greenprint')
  // Without a parent there is nobody to read for: end, and leave the temporary files to the next start.
  process.on('disconnect', () => process.exit(0))
  return {
    post: (message) => void process.send?.(message),
    onMessage: (receive) => void process.on('message', receive),
  }
}
