import { describe, expect, it } from 'vitest'
import { isPublic, readWorkspaces } from '../repository.ts'

describe('the package.json of every published package', () => {
  it.each(readWorkspaces().filter(isPublic))(
    'of $folder says what it is, and what npm needs to know',
    ({ manifest }) => {
      expect(manifest).toMatchObject({
        name: expect.stringMatching(/^@gosa\/[a-z-]+$/),
        description: expect.stringMatching(/^.{20,}[^.]$/),
        license: 'MIT',
        type: 'module',
        engines: { node: '>=20.19.0' },
        // Beside what is built, a JSON schema for editors.
        files: expect.toSatisfy((files: string[]) =>
          files.every((file) => file === 'dist' || file.endsWith('.schema.json')),
        ),
        publishConfig: { access: 'public' },
      })
    },
  )
})
