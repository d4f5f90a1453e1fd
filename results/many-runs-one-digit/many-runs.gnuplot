$accounted << END
1 1
1 1
1 1
1 1
2 2
2 2
2 2
2 2
4 4
4 4
4 4
4 4
6 6
6 6
6 6
6 6
8 8
8 8
8 8
8 8
END
$audit0 << END
1 0.647836
2 1.58572
4 3.6542
6 5.41127
8 7.53498
END
$audit1 << END
1 0.398412
2 0.745275
4 1.74371
6 2.33716
8 3.45045
END
$audit2 << END
1 0.647836
2 1.58572
4 3.6542
6 5.40781
8 7.53498
END
$audit3 << END
1 0.396375
2 0.745275
4 1.74371
6 2.33716
8 3.45045
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set xrange [0:8.32]
set yrange [0:8.32]
set xlabel "Accounted ε (upper bound, δ = 10^{-5})\n{/*0.7 example level, add-or-remove-one, everyone, pld accountant}\n{/*0.7 20000 runs a setting, each point right at 95 % confidence}"
set ylabel "Audited ε (lower bound)"
set key top left Left reverse font ",10" samplen 2 spacing 1.1
plot $accounted using 1:2 with lines linestyle 9 dashtype 2 title "accounted (upper bound)", \
     $audit0 using 1:2 with linespoints linestyle 1 title "every release, Gaussian DP", \
     $audit1 using 1:2 with linespoints linestyle 2 title "every release, any mechanism", \
     $audit2 using 1:2 with points linecolor rgb "#333333" linewidth 1.2 pointsize 1.4 pointtype 6 title "last model, Gaussian DP", \
     $audit3 using 1:2 with points linecolor rgb "#333333" linewidth 1.2 pointsize 1.4 pointtype 4 title "last model, any mechanism"
