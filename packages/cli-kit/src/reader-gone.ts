/**
 * A broken pipe is an answer: the reader, `head` for example, has all that it wanted, so the command ends quietly.
 * Node reports it as an error of the stream; it becomes the signal again that other programs get, for a command that
 * has something to save (`listenForInterruption`).
 */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      if (!process.emit('SIGPIPE', 'SIGPIPE')) process.exit()
    })
  }
}
