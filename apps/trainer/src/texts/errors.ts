import { translated } from '@gosa/cli-kit'

/** Errors of the command line, of files and of data. What other packages and the readers of foreign files say is English. */
export const errorTexts = translated(
  {
    options: {
      notObject: (file: string) => `${file} must hold an object of options, such as { "hidden": 100 }`,
      unknownKey: (file: string, key: string, hint: string) => `${file}: unknown key '${key}'${hint}`,
      meantKey: (name: string) => ` (Did you mean ${name}?)`,
      knownKeys: (names: string) => `; known keys: ${names}`,
      wrongValue: (file: string, key: string, expected: string, value: string) =>
        `${file}: ${key} must be ${expected}, not ${value}`,
      inFile: (file: string, message: string) => `${file}: ${message}`,
      conflict: (option: string, other: string) => `${option} cannot be used with ${other}`,
      noEffect: (option: string, other: string) => `${option} has no effect without ${other}`,
      needsStepEvery: '--schedule step needs --step-every, the number of iterations between two reductions',
      layers: (layers: string, set: string, pixels: number, classes: number) =>
        `--layers ${layers}: for ${set} it must begin with ${pixels}, the pixels of an image, and end with at least ${classes}, the classes`,
      otherNetwork: (option: string, networks: string) =>
        `${option} has no effect with the chosen --network: it is an option of ${networks}`,
      notTwoLayers: (layers: string) =>
        `--layers ${layers}: --network two-layer has one hidden layer; --network multi-layer has any number of them`,
      network: (why: string) => `--network: ${why}`,
      networkFile: (file: string) =>
        `${file} must hold { "layers": [ … ] } with a description of each layer, such as { "type": "affine", "units": 50 }, and may have "inputShape"`,
      networkInput: (shape: string, set: string, height: number, width: number) =>
        `the network takes images of shape ${shape}, but those of ${set} have ${height}×${width} pixels`,
      networkOutput: (shape: string, set: string, classes: number) =>
        `the network ends with ${shape} for each image, but ${set} needs one output for each of its ${classes} classes: end it with { "type": "affine", "units": ${classes} }`,
      notInBook: (option: string) =>
        `${option} cannot be used with --book: the book's loop is SGD with a constant learning rate, on batches drawn with replacement, ` +
        'for two Affine layers with ReLU between them',
      validation: (share: number, images: number) =>
        `--validation ${share} of ${images} images leaves none for training or for validation`,
      weightsBeyondMemory: (flag: string, layers: string, needed: string, memory: string) =>
        `${flag}: the weights of ${layers} and their gradients take ${needed}; this machine has ${memory}`,
      batchBeyondMemory: (size: number, needed: string, memory: string) =>
        `--batch-size ${size}: the values of one batch take ${needed}; this machine has ${memory}`,
      pictureOrData: (option: string, picture: string) =>
        `${option} selects images of a data set, but ${picture} is a picture: leave one of them out`,
      index: (index: number, images: number) =>
        `--index ${index}: there are ${images} images, counted from 0`,
    },
    sweep: {
      book: "--sweep cannot be used with --book: the book's loop is one run",
      givenByItself: (option: string) => `${option} is given both by itself and by --sweep`,
      givenTwice: (option: string) => `${option} is given twice by --sweep`,
      wrong: (text: string, why: string) => `--sweep ${text}: ${why}`,
      form: 'write an option and its values, such as learning-rate=0.1,0.3',
      cannotVary: (name: string) => `'${name}' is not an option that a sweep can vary`,
      value: (value: string, option: string, why: string) => `'${value}' is invalid for ${option}. ${why}`,
      valueTwice: 'a value is given twice',
    },
    resume: {
      sweepOption: (option: string, folder: string) =>
        `${option} cannot be given with --resume: the sweep of ${folder} continues with its own options`,
      option: (option: string, folder: string) =>
        `${option} cannot be given with --resume: the run of ${folder} continues with its own options`,
      otherImages: (folder: string, set: string) =>
        `the run of ${folder} started with other images than ${set} holds now`,
      tooShort: (folder: string, iteration: number, iterations: number) =>
        `the run of ${folder} has reached iteration ${iteration} already, after ${iterations}`,
      rateIsZero: (folder: string, iteration: number) =>
        `the learning rate of the run of ${folder} reaches 0 after ${iteration} iterations; more would change nothing`,
      imagesMoved: (folder: string) =>
        `the images of the run are no longer in ${folder}: say with --data-dir where they are`,
      noDataDir: (folder: string) => `--data-dir ${folder}: there is no such folder`,
      notRun: (folder: string, file: string) =>
        `${folder} is not the folder of a run: there is no ${file} in it`,
      keyMissing: (file: string, key: string) =>
        `${file} is not the configuration of a run: ${key} is missing`,
    },
    folder: {
      notEmpty: (out: string, word: string) =>
        `--out ${out}: the folder is not empty; choose another, or continue the run in it with --resume ${word}`,
      parent: (folder: string) => `${folder} (choose a folder with --out, or save nothing with --no-out)`,
    },
    files: {
      isFolder: (file: string) => `${file} is a folder, not a file`,
      notRegular: (file: string) => `${file} is not a regular file`,
      tooLarge: (file: string, bytes: number, limit: number) =>
        `${file} has ${bytes} bytes, more than the limit of ${limit}`,
      notJson: (file: string, why: string) => `${file} is not JSON: ${why}`,
      exists: (file: string) => `${file} already exists and is not overwritten`,
    },
    model: {
      npz: (file: string) => `${file} is a NumPy archive; make a model of it with gosa-trainer import`,
      notModel: (file: string, why: string) => `${file} is not a model: ${why}`,
      pixels: (file: string, pixels: number, set: string, height: number, width: number) =>
        `${file} takes images of ${pixels} pixels, but those of ${set} have ${height} × ${width}`,
      digits: (file: string, pixels: number, height: number, width: number) =>
        `${file} takes images of ${pixels} pixels, but digits of PNG files become ${height} × ${width}`,
      classes: (file: string, classes: number, set: string, of: number) =>
        `${file} has ${classes} classes, but ${set} has ${of}`,
      noClassifier: 'it is no classifier of images, with an output for each class',
      noActivation: (file: string, names: string) =>
        `${file} does not name its activation function: add --activation ${names}`,
      otherActivation: (file: string, activation: string, given: string) =>
        `the activation function of ${file} is ${activation}, not ${given}: leave out --activation`,
      exportEnding: (file: string, ending: string, endings: string, formats: string) =>
        `--out ${file}: files that end in .${ending} are not written; these endings are: ${endings}; for another name add --format ${formats}`,
      importEnding: (file: string, ending: string) =>
        `--out ${file}: import writes safetensors, not ${ending}; end the name in .safetensors`,
    },
    data: {
      noTraining: (set: string) => `${set} has no training images`,
      noTest: (set: string) => `${set} has no test images`,
      noPixels: (set: string, height: number, width: number) =>
        `the images of ${set} have no pixels: ${height} × ${width}`,
      oneLabel: (set: string) => `all images of ${set} have the same label: classification needs two classes`,
      tooFew: (option: string, wanted: number, images: number) =>
        `${option} ${wanted}: there are ${images} images`,
      sizes: (file: string, size: string, first: string, expected: string) =>
        `${file} has ${size} pixels, but ${first} has ${expected}: all pictures must have one size`,
      newClass: (folder: string, train: string) => `${folder} is a class that ${train} does not have`,
      fewPictures: (folder: string, pictures: number) =>
        `${folder} has ${pictures} pictures; a class needs one to train and one to test`,
      fewClasses: (folder: string, classes: number) =>
        `${folder} has ${classes} subfolders with pictures; two classes are needed`,
      manyClasses: (folder: string, classes: number, limit: number) =>
        `${folder} has ${classes} classes, a subfolder each; at most ${limit} can be told apart`,
    },
    live: {
      inUse: (port: number) =>
        `--live ${port}: the port is in use by another program; choose another, or --live alone`,
      denied: (port: number) =>
        `--live ${port}: no permission to use the port; choose one from 1024 up, or --live alone`,
    },
  },
  {
    options: {
      notObject: (file) => `${file} には { "hidden": 100 } のようなオプションのオブジェクトが必要です`,
      unknownKey: (file, key, hint) => `${file}：${key} というキーはありません${hint}`,
      meantKey: (name) => `（${name} のことですか？）`,
      knownKeys: (names) => `。使えるキー：${names}`,
      wrongValue: (file, key, expected, value) =>
        `${file}：${key} に ${value} は指定できません。${expected}を指定してください`,
      inFile: (file, message) => `${file}：${message}`,
      conflict: (option, other) => `${option} と ${other} は同時に指定できません`,
      noEffect: (option, other) => `${option} は ${other} がないと意味がありません`,
      needsStepEvery: '--schedule step には、学習率を下げる間隔（イテレーション数）--step-every が必要です',
      layers: (layers, set, pixels, classes) =>
        `--layers ${layers}：${set}では、最初は画像の画素数 ${pixels}、最後はクラス数 ${classes} 以上でなければなりません`,
      otherNetwork: (option, networks) =>
        `${option} は、選んだ --network では意味がありません。使えるのは ${networks} です`,
      notTwoLayers: (layers) =>
        `--layers ${layers}：--network two-layer の隠れ層は1つです。いくつでも使えるのは --network multi-layer です`,
      network: (why) => `--network：${why}`,
      networkFile: (file) =>
        `${file} には、{ "type": "affine", "units": 50 } のような各レイヤの記述を並べた { "layers": [ … ] } が必要です（"inputShape" も書けます）`,
      networkInput: (shape, set, height, width) =>
        `ネットワークの入力は ${shape} の画像ですが、${set}の画像は ${height}×${width} 画素です`,
      networkOutput: (shape, set, classes) =>
        `ネットワークの出力は画像ごとに ${shape} ですが、${set}には ${classes} クラスそれぞれに1つの出力が必要です。最後を { "type": "affine", "units": ${classes} } にしてください`,
      notInBook: (option) =>
        `${option} は --book と同時に指定できません。本のループは、ReLUをはさむ2つのAffineレイヤを、重複を許して選んだバッチと一定の学習率のSGDで学習します`,
      validation: (share, images) =>
        `--validation ${share}：${images}枚の画像では、学習用か検証用の画像がなくなります`,
      weightsBeyondMemory: (flag, layers, needed, memory) =>
        `${flag}：${layers} の重みと勾配には${needed}のメモリが要りますが、このマシンには${memory}しかありません`,
      batchBeyondMemory: (size, needed, memory) =>
        `--batch-size ${size}：1バッチの値には${needed}のメモリが要りますが、このマシンには${memory}しかありません`,
      pictureOrData: (option, picture) =>
        `${option} はデータセットの画像を選ぶものですが、${picture} は画像ファイルです。どちらかを除いてください`,
      index: (index, images) => `--index ${index}：画像は${images}枚です（0から数えます）`,
    },
    sweep: {
      book: '--sweep は --book と同時に指定できません。本のループは1回の実行です',
      givenByItself: (option) => `${option} が単独でも --sweep でも指定されています`,
      givenTwice: (option) => `${option} が --sweep で2回指定されています`,
      wrong: (text, why) => `--sweep ${text}：${why}`,
      form: 'learning-rate=0.1,0.3 のように、オプションとその値を書いてください',
      cannotVary: (name) => `${name} はスイープで変えられるオプションではありません`,
      value: (value, option, why) => `${option} に「${value}」は指定できません。${why}`,
      valueTwice: '同じ値が2回指定されています',
    },
    resume: {
      sweepOption: (option, folder) =>
        `${option} は --resume と同時に指定できません。${folder} のスイープは元のオプションのまま再開します`,
      option: (option, folder) =>
        `${option} は --resume と同時に指定できません。${folder} の実行は元のオプションのまま再開します`,
      otherImages: (folder, set) => `${folder} の実行を始めたときの画像と、今の${set}の画像が違います`,
      tooShort: (folder, iteration, iterations) =>
        `${folder} の実行はもう${iteration}イテレーションまで進んでいます（指定は${iterations}）`,
      rateIsZero: (folder, iteration) =>
        `${folder} の実行の学習率は${iteration}イテレーションで0になるので、それ以上続けても何も変わりません`,
      imagesMoved: (folder) =>
        `実行の画像が ${folder} にありません。今の場所を --data-dir で指定してください`,
      noDataDir: (folder) => `--data-dir ${folder}：そのようなフォルダはありません`,
      notRun: (folder, file) => `${folder} は実行のフォルダではありません。${file} がありません`,
      keyMissing: (file, key) => `${file} は実行の設定ではありません。${key} がありません`,
    },
    folder: {
      notEmpty: (out, word) =>
        `--out ${out}：フォルダが空ではありません。別のフォルダを指定するか、--resume ${word} でその実行を再開してください`,
      parent: (folder) => `${folder}（--out でフォルダを指定するか、--no-out で保存をやめてください）`,
    },
    files: {
      isFolder: (file) => `${file} はファイルではなくフォルダです`,
      notRegular: (file) => `${file} は通常のファイルではありません`,
      tooLarge: (file, bytes, limit) => `${file} は${bytes}バイトあり、上限の${limit}バイトを超えています`,
      notJson: (file, why) => `${file} はJSONではありません：${why}`,
      exists: (file) => `${file} はすでにあるので、上書きしません`,
    },
    model: {
      npz: (file) => `${file} はNumPyのアーカイブです。gosa-trainer import でモデルにしてください`,
      notModel: (file, why) => `${file} はモデルではありません：${why}`,
      pixels: (file, pixels, set, height, width) =>
        `${file} の入力は${pixels}画素ですが、${set}の画像は${height} × ${width}画素です`,
      digits: (file, pixels, height, width) =>
        `${file} の入力は${pixels}画素ですが、PNGファイルの数字は${height} × ${width}画素になります`,
      classes: (file, classes, set, of) =>
        `${file} のクラスは${classes}個ですが、${set}のクラスは${of}個です`,
      noClassifier: 'クラスごとに1つの出力がある、画像の分類器ではありません',
      noActivation: (file, names) =>
        `${file} には活性化関数が書かれていません。--activation ${names} を付けてください`,
      otherActivation: (file, activation, given) =>
        `${file} の活性化関数は ${given} ではなく ${activation} です。--activation を外してください`,
      exportEnding: (file, ending, endings, formats) =>
        `--out ${file}：.${ending} の形式では書き出せません。使える拡張子：${endings}。ほかの名前には --format ${formats} を付けてください`,
      importEnding: (file, ending) =>
        `--out ${file}：importが書くのは ${ending} ではなくsafetensorsです。名前の最後を .safetensors にしてください`,
    },
    data: {
      noTraining: (set) => `${set}に訓練画像がありません`,
      noTest: (set) => `${set}にテスト画像がありません`,
      noPixels: (set, height, width) => `${set}の画像に画素がありません：${height} × ${width}`,
      oneLabel: (set) => `${set}の画像のラベルがすべて同じです。分類には2つ以上のクラスが要ります`,
      tooFew: (option, wanted, images) => `${option} ${wanted}：画像は${images}枚しかありません`,
      sizes: (file, size, first, expected) =>
        `${file} は${size}画素ですが、${first} は${expected}画素です。画像の大きさはすべて同じでなければなりません`,
      newClass: (folder, train) => `${folder} は ${train} にないクラスです`,
      fewPictures: (folder, pictures) =>
        `${folder} の画像は${pictures}枚です。クラスごとに訓練用とテスト用に1枚ずつ要ります`,
      fewClasses: (folder, classes) =>
        `${folder} には画像のあるサブフォルダが${classes}個しかありません。2つ以上のクラスが要ります`,
      manyClasses: (folder, classes, limit) =>
        `${folder} にはクラス（サブフォルダ）が${classes}個あります。区別できるのは${limit}個までです`,
    },
    live: {
      inUse: (port) =>
        `--live ${port}：ポートは別のプログラムが使っています。別のポートを選ぶか、--live だけにしてください`,
      denied: (port) =>
        `--live ${port}：ポートを使う権限がありません。1024以上のポートを選ぶか、--live だけにしてください`,
    },
  },
)
