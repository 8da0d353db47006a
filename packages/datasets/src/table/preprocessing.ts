/** How rows of named values become rows of numbers: a description in plain JSON, which a model file can carry. */

/**
 * A feature that is a number. It gives one column of x: `(value − mean) / std`, where `mean` and `std` were measured on the
 * training part. `std` is 1 for a column of equal values, which thus becomes 0.
 */
export interface NumberFeature {
  readonly kind: 'number'
  /** The name of the column in the table. */
  readonly name: string
  readonly mean: number
  readonly std: number
  /** The value that replaces a missing one; a missing value is refused if there is none. */
  readonly fill?: number
}

/**
 * A feature that is one of several categories. It gives a column of x for each category, in this order: 1 for the category
 * of the row and 0 for the others ("one-hot").
 */
export interface CategoryFeature {
  readonly kind: 'category'
  /** The name of the column in the table. */
  readonly name: string
  /** The categories of the training part: numbers first, in numeric order, then texts by code points. */
  readonly categories: readonly string[]
  /** The category that replaces a missing value; a missing value is refused if there is none. */
  readonly fill?: string
  /** `zeros`: a category that is not known gives zeros in all columns; it is refused if this is not set. */
  readonly unseen?: 'zeros'
}

/** What a number is predicted for: t = `(value − mean) / std`, so a prediction y means `y · std + mean`. */
export interface NumberTarget {
  readonly kind: 'number'
  /** The name of the column in the table. */
  readonly name: string
  readonly mean: number
  readonly std: number
}

/** What a class is predicted for: t is an index into `classes`. */
export interface ClassTarget {
  readonly kind: 'class'
  /** The name of the column in the table. */
  readonly name: string
  /** Numbers first, in numeric order, then texts by code points. */
  readonly classes: readonly string[]
}

/**
 * Everything that was learnt of a table before training, so that new rows are treated alike. Plain JSON:
 *
 *     {
 *       "features": [
 *         { "kind": "number", "name": "alcohol", "mean": 10.42, "std": 1.07 },
 *         { "kind": "category", "name": "colour", "categories": ["red", "white"] }
 *       ],
 *       "target": { "kind": "class", "name": "quality", "classes": ["3", "4", "5"] }
 *     }
 *
 * x has the columns of the features one after the other: here `alcohol`, `colour=red`, `colour=white`.
 */
export interface TablePreprocessing {
  readonly features: readonly (NumberFeature | CategoryFeature)[]
  readonly target: NumberTarget | ClassTarget
}
