#!/usr/bin/env node
import { chooseLanguage, runProgram, setLanguage } from '@gosa/cli-kit'
import { program } from './program.ts'

/** The entry point of `gosa-trainer`. */
setLanguage(chooseLanguage(process.argv, process.env))
await runProgram(program())
