import { DataError } from '@gosa/datasets'
import { tensor } from '@gosa/linalg'
import { decodeModel, stepsPerEpoch } from '@gosa/training-kit'
import type { Failing, Reply, Request } from '../protocol.ts'
import { DEFAULT_SETTINGS, sameRun, type TrainSettings } from '../settings.ts'
import { generatedImages, type Images, imagesOfFiles } from './images.ts'
import { createSession, type Session } from './session.ts'

/** How long steps are taken without listening, in ms. */
const BREATH = 25

/** How often progress and weights are told, in ms: more often nobody can see it. */
const EVERY = { progress: 100, weights: 400, measured: 250 }

export interface Port {
  tell(reply: Reply, transfer?: Transferable[]): void
  /** Lets requests arrive. */
  breathe(): Promise<void>
  now(): number
}

/** Answers requests one after the other; what runs long listens to those that come meanwhile. */
export function createServer(port: Port): (request: Request) => Promise<void> {
  let files: Images | undefined
  let digits: Images | undefined
  let session: Session | undefined
  /** The files dropped so far, by name. */
  const dropped = new Map<string, File>()
  let running = false
  /** Whether steps are to be taken, and up to which iteration. */
  let wanted = false
  let target = 0

  const failed = (at: Failing, error: unknown, name?: string) => {
    const code = error instanceof DataError ? error.code : undefined
    port.tell({ type: 'failed', at, code, name, message: (error as Error).message })
  }

  function imagesFor({ data, trainSize }: TrainSettings): Images {
    if (data === 'files' && files) return files
    if (digits?.info.trainCount !== trainSize) {
      digits = undefined
      digits = generatedImages(trainSize, (drawn, total) => port.tell({ type: 'drawing', drawn, total }))
    }
    return digits
  }

  function begin(next: Session): void {
    session = next
    const { settings, images, sizes, loaded } = next
    port.tell({ type: 'ready', settings, images: images.info, sizes, loaded })
  }

  async function measure(of: Session): Promise<void> {
    const measured = await of.measure()
    if (of === session) port.tell({ type: 'measured', measured })
    tellWeights(of)
  }

  function tellWeights(of: Session): void {
    const weights = of.weights()
    port.tell({ type: 'weights', weights }, [weights.levels.buffer])
  }

  function prepare(settings: TrainSettings, anew = false): Session {
    const usable = settings.data === 'files' && !files ? { ...settings, data: 'digits' as const } : settings
    if (!session || anew || !sameRun(session.settings, usable)) {
      begin(createSession(usable, imagesFor(usable)))
    }
    return session as Session
  }

  /** Takes steps and tells of them; answers where it ended. */
  async function run(of: Session): Promise<void> {
    const { training, settings, images } = of
    const perEpoch = stepsPerEpoch(images.info.trainCount, settings.batchSize)
    let told = { progress: port.now(), weights: port.now(), measured: port.now() }
    let [sum, count, busy, steps] = [0, 0, 0, 0]
    const tellProgress = () => {
      if (count === 0) return
      const { iteration } = training
      port.tell({
        type: 'progress',
        iteration,
        loss: sum / count,
        at: iteration - (count - 1) / 2,
        samplesPerSecond: (steps * settings.batchSize) / (busy / 1000),
      })
      sum = count = 0
      told = { ...told, progress: port.now() }
    }
    const stopped = async (why: 'paused' | 'done' | 'diverged') => {
      tellProgress()
      if (of !== session) return
      if (why !== 'diverged') await measure(of)
      port.tell({ type: 'stopped', iteration: training.iteration, why })
    }
    while (training.iteration < target) {
      const epochEnd = (Math.floor(training.iteration / perEpoch) + 1) * perEpoch
      const until = Math.min(target, epochEnd)
      const start = port.now()
      while (training.iteration < until && port.now() - start < BREATH) {
        const loss = training.step()
        if (!Number.isFinite(loss)) return stopped('diverged')
        sum += loss
        count++
        steps++
      }
      busy += port.now() - start
      if (port.now() - told.progress >= EVERY.progress) tellProgress()
      const atEnd = training.iteration === epochEnd && training.iteration < target
      if (atEnd && port.now() - told.measured >= EVERY.measured) {
        await measure(of)
        told = { ...told, measured: port.now(), weights: port.now() }
      } else if (port.now() - told.weights >= EVERY.weights) {
        tellWeights(of)
        told = { ...told, weights: port.now() }
      }
      await port.breathe()
      if (of !== session || !wanted) return stopped('paused')
    }
    return stopped('done')
  }

  async function start(iterations: number): Promise<void> {
    wanted = true
    target = iterations
    if (running || !session) return
    running = true
    try {
      // Another network may have taken the place of the one that was running.
      let of: Session
      do await run((of = session))
      while (wanted && of !== session)
    } finally {
      running = wanted = false
    }
  }

  return async (request) => {
    switch (request.type) {
      case 'prepare':
        if (request.anew) wanted = false
        try {
          await measure(prepare(request.settings, request.anew))
        } catch (error) {
          failed('prepare', error)
        }
        return
      case 'run':
        return start(request.iterations)
      case 'pause':
        wanted = false
        return
      case 'step': {
        if (running || !session) return
        const loss = session.training.step()
        const { iteration } = session.training
        if (Number.isFinite(loss)) {
          port.tell({ type: 'progress', iteration, loss, at: iteration, samplesPerSecond: 0 })
          await measure(session)
        }
        port.tell({ type: 'stopped', iteration, why: Number.isFinite(loss) ? 'paused' : 'diverged' })
        return
      }
      case 'files':
        for (const file of request.files) dropped.set(file.name, file)
        try {
          files = await imagesOfFiles([...dropped.values()])
          dropped.clear()
          port.tell({ type: 'files', images: files.info })
        } catch (error) {
          // Those that are missing may yet come; broken ones have to come anew.
          if (!(error instanceof DataError && error.code === 'missing')) dropped.clear()
          failed('files', error)
        }
        return
      case 'load':
        try {
          const network = decodeModel(request.bytes)
          const settings = session?.settings ?? DEFAULT_SETTINGS
          checkFits(network.sizes)
          wanted = false
          begin(createSession(settings, imagesFor(settings), { network, name: request.name }))
          await measure(session as Session)
        } catch (error) {
          failed('load', error, request.name)
        }
        return
      case 'save':
        if (session) {
          const bytes = session.encoded()
          port.tell({ type: 'saved', bytes, iteration: session.training.iteration }, [bytes.buffer])
        }
        return
      case 'predict':
        if (session) {
          const probabilities = session.predict(tensor(request.image, { shape: [784] }))
          const { iteration } = session.training
          port.tell({ type: 'predicted', id: request.id, probabilities, iteration })
        }
    }
  }
}

/** Throws a `RangeError` unless a network is one for images of digits. */
function checkFits(sizes: readonly number[]): void {
  if (sizes[0] === 784 && sizes[sizes.length - 1] === 10) return
  throw new RangeError(`it is ${sizes.join('-')}, but this page takes networks of 784 inputs and 10 classes`)
}
