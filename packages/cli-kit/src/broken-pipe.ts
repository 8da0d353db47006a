/**
 * Exits quietly when the reader of stdout or stderr closes the pipe, as `head` does. Node reports a closed pipe as an
 * `error` event of the stream. It is emitted again as the signal SIGPIPE, so that a command with something to save
 * (`listenForInterruption`) can save it; without a listener the process exits at once.
 */
export function exitOnBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      if (!process.emit('SIGPIPE', 'SIGPIPE')) process.exit()
    })
  }
}
