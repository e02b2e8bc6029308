# sitrep_embed(FOLDER OUT.S): an assembly file with every file below FOLDER by .incbin, and the table
# that src/base/data.c walks (name, start, end; ended by zeros).
function(sitrep_embed folder out)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*)
  list(SORT files)
  set(bodies "")
  set(table "")
  set(n 0)
  set(paths "")
  foreach(name ${files})
    string(APPEND bodies
      "name${n}: .asciz \"${name}\"\n.balign 16\nstart${n}: .incbin \"${folder}/${name}\"\nend${n}: .byte 0\n")
    string(APPEND table ".quad name${n}, start${n}, end${n}\n")
    list(APPEND paths ${folder}/${name})
    math(EXPR n "${n} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${out} CONTENT
    ".section .rodata\n${bodies}.section .data.rel.ro,\"aw\"\n.balign 8\n.globl sr_embedded_files\nsr_embedded_files:\n${table}.quad 0, 0, 0\n.section .note.GNU-stack,\"\",@progbits\n")
  set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${paths}")
endfunction()

# sitrep_embed_table(FILE SYMBOL OUT.S): an assembly file with FILE, which the build writes, as the constant SYMBOL.
function(sitrep_embed_table file symbol out)
  file(CONFIGURE OUTPUT ${out} CONTENT
    ".section .rodata\n.balign 64\n.globl ${symbol}\n${symbol}: .incbin \"${file}\"\n.section .note.GNU-stack,\"\",@progbits\n")
  set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS ${file})
endfunction()
