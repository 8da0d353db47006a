/** What the test of nonsense leaves out or lets pass, each with its reason. */
import type { Kind } from './nonsense.ts'

/** Exports that are not called at all. */
export const NOT_CALLED: Readonly<Record<string, string>> = {
  'takes no argument': `AddLayer Flatten Gelu GlobalAveragePooling MulLayer Relu Sigmoid Softplus Tanh MeanSquaredErrorLoss
    backend backends fma imageKernels`,
  'takes any value': 'showValue isCompressed sameShape showShape relativeError matchers',
  'its errors begin with the name of its caller, an argument': `checkLabels outputShapes checkOptions checkTensor checkRng
    checkNumber checkFunction didYouMean`,
  'makes an error, in which all is said': 'FormatError NpyError SafetensorsError ZipError DataError',
  'reads files or the network': `loadEmnist loadFashionMnist loadIdxFolder loadKmnist loadMnist loadQmnist loadRawImages
    readImageFiles defaultCacheDir`,
  'generates a whole data set by default, for seconds':
    'drawRawSyntheticDigits rawSyntheticDigits syntheticDigits',
}

/**
 * Exports that are not called either, by entry: the parts of the training loop that the trainer and the playground share, whose
 * arguments come from their own code and not from a user. They do not check them yet.
 */
export const INNER_PARTS: Readonly<Record<string, string>> = {
  '@gosa/training': `DivergenceError areFinite bestOrLatest buffersOf createCheckpointSchedule createCurve
    createEvaluationSchedule createLossAverager createOptimizer createTraining hasDecoupledWeightDecay isBetter
    learningRateAt measureQuality optimizerDefaults plainState runTraining stepsPerEpoch unitImages updateEarlyStopping
    weightsOf yieldToEvents`,
}

/** Kinds that a function takes, since they are what it is for. */
export const TAKES: Readonly<Record<string, readonly Kind[]>> = {
  ...Object.fromEntries(
    `AdaGrad Adam AdamW Momentum Nesterov RMSprop SGD Elu LeakyRelu BinaryCrossEntropyWithLogits HuberLoss SoftmaxWithLoss`
      .split(/\s+/)
      .map((name) => [name, ['nothing']]),
  ),
  Dropout: ['nothing'],
  empty: ['empty array'],
  zeros: ['empty array'],
  ones: ['empty array'],
  tensor: ['number', 'NaN', 'empty array', 'nested array'],
  arange: ['number'],
  Workspace: ['nothing'],
  toHtml: ['empty array'],
  toJUnit: ['empty array'],
  strokesToMnistImage: ['empty array'],
  tableFromRows: ['empty array'],
  parseCsv: ['string'],
  parseCsvStream: ['string'],
  progressBar: ['nothing'],
  derivative: ['function'],
  spiral: ['nothing'],
  moons: ['nothing'],
  circles: ['nothing'],
  xor: ['nothing'],
  SimpleConvNet: ['nothing'],
  DeepConvNet: ['nothing'],
  weightsBytes: ['empty array'],
  Sequential: ['empty array'],
  randomStates: ['empty array'],
  assignRandomStates: ['empty array'],
  concatBytes: ['empty array'],
  packedDoublesField: ['empty array'],
  packedUintsField: ['empty array'],
  asNumber: ['nothing', 'number', 'NaN'],
  showNumber: ['number', 'NaN'],
  constantNode: ['string'],
  useBlas: ['nothing'],
  connect: ['nothing'],
}

/** Further beginnings of an error: those of the function that a function is documented to throw as. */
export const THROWS_AS: Readonly<Record<string, readonly string[]>> = {
  encodeNpz: ['encodeNpy'],
  decodeModel: ['decodeSafetensors'],
  loadModel: ['readSafetensorsHeader'],
  parseCsvStream: ['the file holds no data', 'the bytes are not text'],
  assertGradcheck: ['checkLayer', 'checkLoss'],
  writeModel: ['saveModel'],
  readModel: ['ENOENT'],
  fitInWorker: ['fit'],
}
