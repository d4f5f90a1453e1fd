$diagonal << END
0 0
8.64 8.64
END
$curve0 << END
1 0.719287
2 1.58572
4 3.6542
6 5.41127
8 7.53498
END
$curve1 << END
1 0.321431
2 0.845352
4 1.67113
6 2.33716
8 3.05804
END
$curve2 << END
1 0.719287
2 1.70456
4 3.6542
6 5.40781
8 7.53498
END
$curve3 << END
1 0.321431
2 0.845352
4 1.67113
6 2.33716
8 3.05804
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
set xrange [0:8.64]
set yrange [0:8.64]
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 example level, add-or-remove-one, everyone, pld accountant}\n{/*0.7 20000 runs a setting}"
set ylabel "Audited ε (lower bound)\n{/*0.7 95 % confidence each}"
set key top left Left reverse opaque font ",10" samplen 2.5 spacing 1.15
plot $diagonal using 1:2 with lines linestyle 9 dashtype 2 title "the accountant's upper bound", \
     $curve0 using 1:2 with linespoints linestyle 1 title "every release, Gaussian DP", \
     $curve1 using 1:2 with linespoints linestyle 2 title "every release, any mechanism", \
     $curve2 using 1:2 with points linecolor rgb "#333333" linewidth 1.2 pointsize 1.4 pointtype 6 title "last model, Gaussian DP", \
     $curve3 using 1:2 with points linecolor rgb "#333333" linewidth 1.2 pointsize 1.4 pointtype 4 title "last model, any mechanism"
