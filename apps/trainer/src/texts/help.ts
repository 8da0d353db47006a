import { translated } from '@gosa/cli-kit'

/** What `--help` says of the program and of its commands besides `train`'s options. */
export const helpTexts = translated(
  {
    program:
      'Trains the networks of "Deep Learning from Scratch", fully connected or convolutional, or any layers, to classify images or predict a column of a table, and uses the result. ' +
      'Without a command it trains.\n' +
      'Exit codes: 0 success, 1 failure, 2 wrong usage, 130 interrupted.',
    optionsOfTrain: 'Options of train:',
    examples: {
      digits: 'train on generated digits: no files, no network needed',
      mnist: "train on MNIST's four files in the folder mnist",
      table: 'predict a column of a table',
      network: 'change the network and the optimizer',
      conv: 'train a ConvNet',
      live: 'watch the run in the browser',
      resume: 'resume a run that was stopped',
      sweep: 'find the best of four combinations',
      patience: 'stop early when validation stops improving',
      book: "run the book's training loop",
      evaluate: 'measure the accuracy of a model',
      predict: 'classify a picture',
      predictRows: 'predict for the rows of a table',
      exporting: 'export a model for other programs',
    },
    train: {
      summary: 'train a network (the default)',
      description:
        'Trains a network to classify images, or to predict a column of a table. The run is saved in a new folder: its weights, metrics and a report, and checkpoints from which --resume continues bit for bit.',
    },
    evaluate: {
      summary: 'measure the accuracy of a model',
      description:
        'Measures a model on a set of images: accuracy, loss, precision (the share of the images predicted as a class that are of it) and recall (the share of the images of a class that are predicted as it) of each class, and the confusion matrix. The model of a table is measured on the test rows of its run, or on the table that --data names.',
    },
    predict: {
      summary: 'classify pictures, or predict for rows of a table',
      description:
        'Classifies PNG files with a digit each, and shows the probability of each class. Pictures may have any size, and be dark on light or light on dark: digits are cut out, scaled and centred as those of MNIST were. Without files it classifies images of a data set. The model of a table takes tables, and writes its predictions as CSV.',
      files: 'PNG files, or tables for the model of a table',
      index: 'indices of the images in the data set, counted from 0 (default: 0)',
      indexExpected: 'It must be integers of at least 0, separated by commas.',
    },
    exporting: {
      summary: 'write a model for other programs',
      description:
        'Writes a model for other programs: its weights as JSON, safetensors or npz (NumPy), or the network, from images to logits, as ONNX.',
      model: 'safetensors file, or the folder of a run',
      out: 'file to write; it must not exist',
      format: 'file format (default: by the ending of the file name; json if it has none)',
    },
    importing: {
      summary: 'make a model from the weights of another program',
      description:
        'Makes a model from weights that another program wrote as safetensors, npz or ONNX, or that export wrote as JSON: W1 (inputs, units), b1 (units), W2, b2, …; or with the names that PyTorch gives Linear layers: 0.weight (units, inputs), 0.bias (units), 2.weight, …; or with those that Keras gives Dense layers: dense/kernel (inputs, units), dense/bias (units), dense_1/kernel, … The order of layers is that of the numbers in their names, or the only one in which their sizes fit; otherwise --order must name it.',
      file: 'file with the weights',
      out: 'model to write; it must not exist',
      activation: 'activation function between the layers, if the file does not name it',
      order: 'layers from the first to the last, if neither numbers nor sizes tell: fc1,fc2,fc_out',
    },
    modelOptions: {
      model: 'safetensors file, or the folder of a run; the images of the run are the default of --data',
      split: 'split of the data set',
    },
  },
  {
    program:
      '『ゼロから作るDeep Learning』の全結合または畳み込みのネットワーク、または任意のレイヤに画像の分類や表の列の予測を学習させ、その結果を使います。' +
      'コマンドを指定しなければ学習します。\n' +
      '終了コード：0 成功、1 失敗、2 使い方の誤り、130 中断。',
    optionsOfTrain: 'trainのオプション：',
    examples: {
      digits: '生成した数字で学習する（ファイルもネットワーク接続も不要）',
      mnist: 'フォルダmnistにあるMNISTの4つのファイルで学習する',
      table: '表の列を予測する',
      network: 'ネットワークと最適化手法を変える',
      conv: '畳み込みニューラルネットワークで学習する',
      live: '学習の様子をブラウザで見る',
      resume: '中断した実行を再開する',
      sweep: '4つの組み合わせから最良のものを探す',
      patience: '検証の結果が改善しなくなったら早期終了する',
      book: '本の学習ループを実行する',
      evaluate: 'モデルの認識精度を測る',
      predict: '画像を分類する',
      predictRows: '表の行について予測する',
      exporting: 'ほかのプログラムのためにモデルを書き出す',
    },
    train: {
      summary: 'ネットワークに学習させる（デフォルト）',
      description:
        'ネットワークに画像の分類、または表の列の予測を学習させます。実行は新しいフォルダに保存されます：重み、記録、レポート、そして --resume で1ビットも違わずに再開できるチェックポイント。',
    },
    evaluate: {
      summary: 'モデルの認識精度を測る',
      description:
        'モデルを画像の集まりで評価します：認識精度、損失、クラスごとの適合率（そのクラスと予測した画像のうち正しいものの割合）と再現率（そのクラスの画像のうち正しく予測したものの割合）、混同行列。表のモデルは、その実行のテスト行、または --data の表で評価します。',
    },
    predict: {
      summary: '画像を分類する、または表の行について予測する',
      description:
        '数字が1つずつ描かれたPNGファイルを分類し、各クラスの確率を表示します。大きさは自由で、白地に黒でも黒地に白でもかまいません。数字はMNISTと同じように切り出し、大きさと位置をそろえます。ファイルがなければデータセットの画像を分類します。表のモデルは表を読み、予測をCSVとして書き出します。',
      files: 'PNGファイル、または（表のモデルには）表',
      index: 'データセットの中の画像の番号（0から数える。デフォルト：0）',
      indexExpected: '0以上の整数をカンマで区切って指定してください。',
    },
    exporting: {
      summary: 'ほかのプログラムのためにモデルを書き出す',
      description:
        'ほかのプログラムのためにモデルを書き出します：重みをJSON、safetensors、npz（NumPy）として、または画像からロジットまでのネットワークをONNXとして。',
      model: 'safetensorsファイル、または実行のフォルダ',
      out: '書き出すファイル。まだないこと',
      format: 'ファイルの形式（デフォルト：ファイル名の拡張子に従う。なければjson）',
    },
    importing: {
      summary: 'ほかのプログラムの重みからモデルを作る',
      description:
        'ほかのプログラムがsafetensors、npz、ONNXとして書いた重み、またはexportがJSONとして書いた重みからモデルを作ります：W1（入力, ユニット）、b1（ユニット）、W2、b2、…。PyTorchのLinearの名前 0.weight（ユニット, 入力）、0.bias（ユニット）、2.weight、…や、KerasのDenseの名前 dense/kernel（入力, ユニット）、dense/bias（ユニット）、dense_1/kernel、…でもかまいません。レイヤの順番は名前の中の番号、またはサイズの合う唯一の並びに従います。それで決まらなければ --order で指定します。',
      file: '重みのファイル',
      out: '書き出すモデル。まだないこと',
      activation: 'レイヤの間の活性化関数（ファイルに書かれていない場合）',
      order: '最初から最後までのレイヤ（番号からもサイズからも決まらない場合）：fc1,fc2,fc_out',
    },
    modelOptions: {
      model: 'safetensorsファイル、または実行のフォルダ。その実行の画像が --data のデフォルトになる',
      split: 'データセットのどちらを使うか',
    },
  },
)
