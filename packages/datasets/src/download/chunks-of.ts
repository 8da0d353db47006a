/** The chunks of a stream; not every browser can iterate streams themselves. */
export async function* chunksOf(stream: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = stream?.getReader()
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) return
      yield value
    }
  } finally {
    // Where the reader stops early, the rest need not come.
    await reader?.cancel().catch(() => {})
  }
}
