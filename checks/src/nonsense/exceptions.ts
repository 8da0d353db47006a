/** What the test of nonsense leaves out or lets pass, each with its reason. */
import type { Kind } from './nonsense.ts'

/** Exports that are not called at all. */
export const NOT_CALLED: Readonly<Record<string, string>> = {
  'takes no argument': `AddLayer Flatten Gelu GlobalAveragePooling MulLayer Relu Sigmoid Softplus Tanh MeanSquaredErrorLoss
    backend backends fma`,
  'takes any value': 'showValue isCompressed sameShape showShape relativeError matchers',
  'its errors begin with the name of its caller, an argument': `checkLabels outputShapes checkOptions checkTensor checkRng
    checkNumber checkFunction     didYouMean`,
  'makes an error, in which all is said': 'FormatError NpyError SafetensorsError ZipError DataError',
  'reads files or the network': `loadEmnist loadFashionMnist loadIdxFolder loadKmnist loadMnist loadQmnist loadRawImages
    readImageFiles defaultCacheDir`,
  'generates a whole data set by default, for seconds':
    'drawRawSyntheticDigits rawSyntheticDigits syntheticDigits',
}

/**
 * Exports whose checks are still missing, by entry; `*` is all of an entry. A name is removed when its function has them.
 */
export const NOT_CHECKED_YET: Readonly<Record<string, string>> = {
  '@gosa/networks': 'Model',
  '@gosa/networks/node': '*',
  '@gosa/training': '*',
  '@gosa/training/node': '*',
  '@gosa/gradcheck': 'checkLayer checkLoss derivative numericalGradient',
  '@gosa/gradcheck/assert': 'assertGradcheck',
  '@gosa/gradcheck/faults': 'injectLayerFaults injectLossFaults injectNetworkFaults',
  '@gosa/gradcheck/numerical': 'numericalGradient',
  '@gosa/gradcheck/report': 'heatMapsOf toHtml toJUnit',
  '@gosa/datasets': `decodeTargets encodeFeatures encodeTargets encodedNames gatherImages oneHot parseCsv
    parseCsvStream parseIdx strokesToMnistImage tableFromArrays
    tableFromRows toMnistImage toSamples`,
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
}
