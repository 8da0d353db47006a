#!/usr/bin/env node
import { chooseLanguage, runProgram, setLanguage } from '@gosa/cli-kit'
import { createGradcheck } from './program.ts'

/* The entry point of the command `gosa-gradcheck`. */

setLanguage(chooseLanguage(process.argv, process.env))
await runProgram(createGradcheck(new URL('./worker.js', import.meta.url)))
