import { html, type Markup } from '../html/markup.ts'
import { page } from '../html/page.ts'
import type { Observer } from '../observers/observer.ts'
import { SCRIPT } from './live-script.ts'
import { createLiveServer } from './live-server.ts'
import { type LiveRun, liveState, type Seen } from './live-state.ts'

/** A page that shows the run that goes on. */
export interface Live {
  readonly url: string
  /** From now on this run is shown; it is one who looks on. */
  watch(run: LiveRun): Observer
  /** Says that there will be no more, and closes the page's connections. */
  close(words: string): Promise<void>
}

/** How long a state stays, in ms. */
const REFRESH = 500

const LOADING = {
  title: 'gosa-trainer',
  content: html`<h1>gosa-trainer</h1><p>The images are being loaded.</p>`,
}

/** Opens a page on this machine; port 0 stands for a free one. Throws a `CommandError` where the port cannot be had. */
export async function openLive(port: number, clock: () => number = () => performance.now()): Promise<Live> {
  let state: () => { title: string; content: Markup } = () => LOADING
  const server = await createLiveServer(port, {
    page: () => livePage(state()),
    state: () => sent(state()),
  })
  let shown = -Infinity
  const show = (always: boolean) => {
    if (server.listeners === 0 || (!always && clock() - shown < REFRESH)) return
    server.send(sent(state()))
    shown = clock()
  }
  return {
    url: server.url,
    watch(run) {
      const epochs = [...run.earlier]
      const seen: Seen = { now: { iteration: 0, loss: Number.NaN, samplesPerSecond: 0 }, epochs }
      state = () => liveState(run, seen)
      show(true)
      return {
        progress(now) {
          seen.now = now
          show(false)
        },
        epoch(metrics) {
          epochs.push(metrics)
          show(metrics.iteration === run.config.iterations)
        },
      }
    },
    close: (words) => server.close(words),
  }
}

const sent = ({ title, content }: ReturnType<typeof liveState>) => ({ title, content: String(content) })

const livePage = ({ title, content }: ReturnType<typeof liveState>) =>
  page(
    title,
    html`<main><p id="notice" class="notice" role="status" hidden></p>
<div id="state">${content}</div>
<noscript><p>Without scripts this page stays as it is: load it again.</p></noscript></main>`,
    SCRIPT,
  )
