#!/usr/bin/env node
import { runProgram } from '@gosa/cli-kit'
import { createGradcheck } from './program.ts'

/* The entry point of the command `gosa-gradcheck`. */

await runProgram(createGradcheck(new URL('./worker.js', import.meta.url)))
