#!/usr/bin/env node
import { runProgram } from '@gosa/cli-kit'
import { createGradcheck } from './program.ts'

await runProgram(createGradcheck(new URL('./worker.js', import.meta.url)))
